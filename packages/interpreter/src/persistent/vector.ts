const width = 32;

type Node<Item> = readonly (Node<Item> | Item | null)[];

/** A persistent list as a 32-way trie: a change copies one node per level. Plain JSON; an index never set reads as null. */
export interface Vector<Item> {
  readonly depth: number;
  readonly root: Node<Item> | null;
}

/** A vector without items. */
export const emptyVector: Vector<never> = { depth: 0, root: null };

const slot = (index: number, level: number): number => Math.floor(index / width ** level) % width;

/** The item at `index`, or null. */
export function itemAt<Item>(vector: Vector<Item>, index: number): Item | null {
  if (index >= width ** vector.depth) return null;
  let node = vector.root;
  for (let level = vector.depth - 1; level > 0 && node; level -= 1) node = (node[slot(index, level)] ?? null) as Node<Item> | null;
  return (node?.[index % width] ?? null) as Item | null;
}

/** The vector with `item` at `index`; grows as needed. */
export function withItem<Item>(vector: Vector<Item>, index: number, item: Item): Vector<Item> {
  let { depth, root } = vector;
  while (depth === 0 || index >= width ** depth) {
    root = root && [root];
    depth += 1;
  }
  return { depth, root: place(root, depth - 1, index, item) };
}

function place<Item>(node: Node<Item> | null, level: number, index: number, item: Item): Node<Item> {
  const copy = node ? node.slice() : [];
  const at = slot(index, level);
  while (copy.length <= at) copy.push(null);
  copy[at] = level === 0 ? item : place((copy[at] ?? null) as Node<Item> | null, level - 1, index, item);
  return copy;
}
