import { type BaseBlock, Boolean as BerBoolean, Constructed, Enumerated, fromBER, Integer, OctetString, Primitive, Sequence, Set as BerSet } from "asn1js";

/** Bytes that are not the BER that was expected. */
export class MalformedBer extends Error {
  override readonly name = "MalformedBer";
}

export type Block = BaseBlock;
const tagClass = { application: 2, context: 3 } as const;
const utf8 = new TextDecoder("utf-8");

/** The length of the sequence that begins a buffer; null while more bytes are needed to tell. */
export function sequenceLength(bytes: Uint8Array, limit: number): number | null {
  if (bytes.length > 0 && bytes[0] !== 0x30) throw new MalformedBer("A message is a sequence.");
  const first = bytes[1];
  if (first === undefined) return null;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4) throw new MalformedBer("Indefinite and over-long lengths are not LDAP.");
  if (bytes.length < 2 + octets) return null;
  const length = bytes.subarray(2, 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  if (length > limit) throw new MalformedBer("The message is too long.");
  return 2 + octets + length;
}

/** Reads one element that fills the whole buffer. */
export function decode(bytes: Uint8Array): Block {
  const { offset, result } = fromBER(bytes, { maxDepth: 64, maxNodes: 20_000 });
  if (offset !== bytes.length || result.error !== "") throw new MalformedBer(result.error || "Bytes follow the message.");
  return result;
}

/** The elements inside a sequence, set or other constructed element. */
export function childrenOf(block: Block | undefined): readonly Block[] {
  if (!(block instanceof Constructed)) throw new MalformedBer("A constructed element was expected.");
  return block.valueBlock.value;
}

export function bytesOf(block: Block | undefined): Uint8Array {
  if (block instanceof OctetString || block instanceof Primitive) return block.valueBlock.valueHexView;
  throw new MalformedBer("An octet string was expected.");
}

export const textOf = (block: Block | undefined): string => utf8.decode(bytesOf(block));

export function numberOf(block: Block | undefined): number {
  if ((block instanceof Integer || block instanceof Enumerated) && !block.valueBlock.isHexOnly) return block.valueBlock.valueDec;
  throw new MalformedBer("A number was expected.");
}

export function booleanOf(block: Block | undefined): boolean {
  if (block instanceof BerBoolean) return block.getValue();
  if (block instanceof Primitive) return bytesOf(block)[0] !== 0;
  throw new MalformedBer("A boolean was expected.");
}

/** The number of a tag in the application or context class, -1 for any other. */
export const applicationTag = (block: Block | undefined): number => (block?.idBlock.tagClass === tagClass.application ? block.idBlock.tagNumber : -1);
export const contextTag = (block: Block | undefined): number => (block?.idBlock.tagClass === tagClass.context ? block.idBlock.tagNumber : -1);

const encoder = new TextEncoder();
const buffer = (value: string | Uint8Array): ArrayBuffer => {
  const bytes = typeof value === "string" ? encoder.encode(value) : value;
  return new Uint8Array(bytes).buffer;
};

export const sequence = (...value: Block[]): Block => new Sequence({ value });
export const set = (...value: Block[]): Block => new BerSet({ value });
export const integer = (value: number): Block => new Integer({ value });
export const enumerated = (value: number): Block => new Enumerated({ value });
export const octets = (value: string | Uint8Array): Block => new OctetString({ valueHex: buffer(value) });
export const application = (tagNumber: number, ...value: Block[]): Block => new Constructed({ idBlock: { tagClass: tagClass.application, tagNumber }, value });
export const context = (tagNumber: number, ...value: Block[]): Block => new Constructed({ idBlock: { tagClass: tagClass.context, tagNumber }, value });
export const contextOctets = (tagNumber: number, value: string): Block => new Primitive({ idBlock: { tagClass: tagClass.context, tagNumber }, valueHex: buffer(value) });
export const encode = (block: Block): Uint8Array => new Uint8Array(block.toBER());
