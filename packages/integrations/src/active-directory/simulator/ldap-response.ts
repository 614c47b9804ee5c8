import type { DirectoryEntry } from "../directory-client.ts";
import { application, type Block, context, contextOctets, encode, enumerated, integer, octets, sequence, set } from "./ber.ts";

/** The numbers of the response messages. */
export const responseTags = { bind: 1, entry: 4, searchDone: 5, modify: 7, compare: 15, extended: 24 } as const;

export interface LdapResult {
  readonly result: number;
  readonly diagnostic?: string;
  /** The extended operation that is answered. */
  readonly responseName?: string;
}

/** An LDAPResult message. */
export function encodeResult(id: number, tag: number, { result, diagnostic = "", responseName }: LdapResult, controls: readonly Block[] = []): Uint8Array {
  const name = responseName === undefined ? [] : [contextOctets(10, responseName)];
  return message(id, application(tag, enumerated(result), octets(""), octets(diagnostic), ...name), controls);
}

/** A SearchResultEntry message. */
export function encodeEntry(id: number, { dn, attributes }: DirectoryEntry, typesOnly: boolean): Uint8Array {
  const list = Object.entries(attributes).map(([name, values]) => sequence(octets(name), set(...(typesOnly ? [] : values.map((value) => octets(value))))));
  return message(id, application(responseTags.entry, octets(dn), sequence(...list)), []);
}

/** The paged results control of a response; an empty cookie ends the pages. */
export function pagingControl(type: string, cookie: string): Block {
  return sequence(octets(type), octets(encode(sequence(integer(0), octets(cookie)))));
}

function message(id: number, operation: Block, controls: readonly Block[]): Uint8Array {
  return encode(sequence(integer(id), operation, ...(controls.length === 0 ? [] : [context(0, ...controls)])));
}
