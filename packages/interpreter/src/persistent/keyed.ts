const leafSize = 8;
const bits = 5;
const lastShift = 30;

type Entry<Value> = readonly [key: string, value: Value];
type Node<Value> = { readonly entries: readonly Entry<Value>[] } | { readonly kids: readonly (Node<Value> | null)[] };

/** A persistent map from strings: a small one is a list, a large one a trie over the key's hash. Plain JSON. */
export type Keyed<Value> = Node<Value>;

/** A map without entries. */
export const emptyKeyed: Keyed<never> = { entries: [] };

function hash(key: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) value = Math.imul(value ^ key.charCodeAt(index), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

const slot = (code: number, shift: number): number => (code >>> shift) & 31;

/** The value of `key`, or null. */
export function valueOf<Value>(map: Keyed<Value>, key: string): Value | null {
  const code = hash(key);
  let node: Node<Value> | null = map;
  for (let shift = 0; node && "kids" in node; shift += bits) node = node.kids[slot(code, shift)] ?? null;
  return node?.entries.find((entry) => entry[0] === key)?.[1] ?? null;
}

/** The map with `key` set to `value`. */
export function withKey<Value>(map: Keyed<Value>, key: string, value: Value): Keyed<Value> {
  return place(map, 0, hash(key), [key, value]);
}

function place<Value>(node: Node<Value>, shift: number, code: number, entry: Entry<Value>): Node<Value> {
  if ("kids" in node) {
    const kids = [...node.kids];
    const at = slot(code, shift);
    kids[at] = place(kids[at] ?? emptyKeyed, shift + bits, code, entry);
    return { kids };
  }
  const entries = [...node.entries.filter((each) => each[0] !== entry[0]), entry];
  if (entries.length <= leafSize || shift > lastShift) return { entries };
  let split: Node<Value> = { kids: Array.from({ length: 32 }, () => null) };
  for (const each of entries) split = place(split, shift, hash(each[0]), each);
  return split;
}

/** The map without `key`. */
export function withoutKey<Value>(map: Keyed<Value>, key: string): Keyed<Value> {
  return remove(map, 0, hash(key), key) ?? emptyKeyed;
}

function remove<Value>(node: Node<Value>, shift: number, code: number, key: string): Node<Value> | null {
  if ("entries" in node) {
    const entries = node.entries.filter((each) => each[0] !== key);
    return entries.length > 0 ? { entries } : null;
  }
  const kids = [...node.kids];
  const at = slot(code, shift);
  const kid = kids[at];
  if (kid) kids[at] = remove(kid, shift + bits, code, key);
  return kids.every((each) => each === null) ? null : { kids };
}

/** Every value, in no particular order. */
export function* valuesOf<Value>(map: Keyed<Value>): Iterable<Value> {
  const open: Node<Value>[] = [map];
  for (let node = open.pop(); node; node = open.pop()) {
    if ("entries" in node) for (const entry of node.entries) yield entry[1];
    else for (const kid of node.kids) if (kid) open.push(kid);
  }
}
