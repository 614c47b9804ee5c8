const bits = 5;
const mask = 31;

/** Nodes that whoever changes the vector has made, and so may change in place. */
export type OwnNodes = Set<object>;

type Node<Item> = readonly (Node<Item> | Item | null)[];

/** A persistent list as a 32-way trie: a change copies one node per level. Plain JSON; an index never set reads as null. */
export interface Vector<Item> {
  readonly depth: number;
  readonly root: Node<Item> | null;
}

/** A vector without items. */
export const emptyVector: Vector<never> = { depth: 0, root: null };

const slot = (index: number, level: number): number => (index >>> (bits * level)) & mask;
const holds = (depth: number, index: number): boolean => bits * depth > 30 || index >>> (bits * depth) === 0;

/** The item at `index`, or null. */
export function itemAt<Item>(vector: Vector<Item>, index: number): Item | null {
  if (!holds(vector.depth, index)) return null;
  let node = vector.root;
  for (let level = vector.depth - 1; level > 0 && node; level -= 1) node = (node[slot(index, level)] ?? null) as Node<Item> | null;
  return (node?.[index & mask] ?? null) as Item | null;
}

/** The vector with `item` at `index`; grows as needed. Nodes that are `own` are changed in place, and those made anew become so. */
export function withItem<Item>(vector: Vector<Item>, index: number, item: Item, own?: OwnNodes): Vector<Item> {
  let { depth, root } = vector;
  while (depth === 0 || !holds(depth, index)) {
    root = root && [root];
    depth += 1;
  }
  const placed = place(root, depth - 1, index, item, own);
  return placed === vector.root && depth === vector.depth ? vector : { depth, root: placed };
}

function place<Item>(node: Node<Item> | null, level: number, index: number, item: Item, own?: OwnNodes): Node<Item> {
  const changed = owned(node, own);
  const at = slot(index, level);
  while (changed.length <= at) changed.push(null);
  changed[at] = level === 0 ? item : place((changed[at] ?? null) as Node<Item> | null, level - 1, index, item, own);
  return changed;
}

function owned<Item>(node: Node<Item> | null, own?: OwnNodes): (Node<Item> | Item | null)[] {
  if (node && own?.has(node)) return node as (Node<Item> | Item | null)[];
  const copy = node ? node.slice() : [];
  own?.add(copy);
  return copy;
}
