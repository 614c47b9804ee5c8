import type { DirectoryChange } from "../directory-client.ts";
import { applicationTag, type Block, booleanOf, bytesOf, childrenOf, contextTag, decode, MalformedBer, numberOf, textOf } from "./ber.ts";
import { decodeFilter } from "./decode-filter.ts";
import type { Filter } from "../filter.ts";

export interface LdapControl {
  readonly type: string;
  readonly critical: boolean;
  readonly value: Uint8Array | null;
}

export interface LdapSearch {
  readonly kind: "search";
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly sizeLimit: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** The requests of RFC 4511; `other` is one that is known but not offered, `unknown` none at all. */
export type LdapOperation =
  | { readonly kind: "bind"; readonly version: number; readonly name: string; readonly password: string | null }
  | { readonly kind: "unbind" }
  | LdapSearch
  | { readonly kind: "modify"; readonly dn: string; readonly changes: readonly DirectoryChange[] }
  | { readonly kind: "compare"; readonly dn: string; readonly attribute: string; readonly value: string }
  | { readonly kind: "extended"; readonly name: string }
  | { readonly kind: "abandon" }
  | { readonly kind: "other"; readonly responseTag: number }
  | { readonly kind: "unknown" };

export interface LdapRequest {
  readonly id: number;
  readonly operation: LdapOperation;
  readonly controls: readonly LdapControl[];
}

/** Reads one LDAP message; throws `MalformedBer`. */
export function decodeRequest(bytes: Uint8Array): LdapRequest {
  const [id, operation, controls] = childrenOf(decode(bytes));
  return { id: numberOf(id), operation: decodeOperation(operation), controls: contextTag(controls) === 0 ? childrenOf(controls).map(decodeControl) : [] };
}

function decodeOperation(block: Block | undefined): LdapOperation {
  switch (applicationTag(block)) {
    case 0: {
      const [version, name, authentication] = childrenOf(block);
      return { kind: "bind", version: numberOf(version), name: textOf(name), password: contextTag(authentication) === 0 ? textOf(authentication) : null };
    }
    case 2:
      return { kind: "unbind" };
    case 3: {
      const [base, scope, , sizeLimit, , typesOnly, filter, attributes] = childrenOf(block);
      const scopes = ["base", "one", "sub"] as const;
      const named = scopes[numberOf(scope)];
      if (named === undefined) throw new MalformedBer("There is no such search scope.");
      return {
        kind: "search",
        base: textOf(base),
        scope: named,
        sizeLimit: numberOf(sizeLimit),
        typesOnly: booleanOf(typesOnly),
        filter: decodeFilter(filter),
        attributes: childrenOf(attributes).map(textOf),
      };
    }
    case 6: {
      const [dn, changes] = childrenOf(block);
      return { kind: "modify", dn: textOf(dn), changes: childrenOf(changes).map(decodeChange) };
    }
    case 8:
    case 12:
      return { kind: "other", responseTag: applicationTag(block) + 1 };
    case 10:
      return { kind: "other", responseTag: 11 };
    case 14: {
      const [dn, assertion] = childrenOf(block);
      const [attribute, value] = childrenOf(assertion);
      return { kind: "compare", dn: textOf(dn), attribute: textOf(attribute), value: textOf(value) };
    }
    case 16:
      return { kind: "abandon" };
    case 23:
      return { kind: "extended", name: textOf(childrenOf(block)[0]) };
    default:
      return { kind: "unknown" };
  }
}

function decodeChange(block: Block): DirectoryChange {
  const [operation, modification] = childrenOf(block);
  const [attribute, values] = childrenOf(modification);
  const operations = ["add", "delete", "replace"] as const;
  const named = operations[numberOf(operation)];
  if (named === undefined) throw new MalformedBer("There is no such modification.");
  return { operation: named, attribute: textOf(attribute), values: childrenOf(values).map(textOf) };
}

function decodeControl(block: Block): LdapControl {
  const [type, ...rest] = childrenOf(block);
  const value = rest.at(-1);
  const octets = value !== undefined && value.idBlock.tagNumber === 4;
  return { type: textOf(type), critical: rest[0]?.idBlock.tagNumber === 1 && booleanOf(rest[0]), value: octets ? bytesOf(value) : null };
}

/** The value of the simple paged results control (RFC 2696). */
export function decodePaging(value: Uint8Array | null): { readonly size: number; readonly cookie: string } {
  const [size, cookie] = childrenOf(decode(value ?? new Uint8Array()));
  return { size: numberOf(size), cookie: textOf(cookie) };
}
