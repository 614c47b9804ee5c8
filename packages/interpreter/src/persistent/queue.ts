import { emptyVector, itemAt, type Vector, withItem } from "./vector.ts";

/** A persistent first-in, first-out queue; plain JSON. */
export interface Queue<Item> {
  readonly head: number;
  readonly tail: number;
  readonly items: Vector<Item>;
}

/** A queue without items. */
export const emptyQueue: Queue<never> = { head: 0, tail: 0, items: emptyVector };

/** The queue with `item` at its end. */
export function pushed<Item>(queue: Queue<Item>, item: Item): Queue<Item> {
  return { head: queue.head, tail: queue.tail + 1, items: withItem(queue.items, queue.tail, item) };
}

/** The first item, or null. */
export function first<Item>(queue: Queue<Item>): Item | null {
  return queue.head < queue.tail ? itemAt(queue.items, queue.head) : null;
}

/** The queue without its first item. */
export function popped<Item>(queue: Queue<Item>): Queue<Item> {
  return queue.head + 1 >= queue.tail ? emptyQueue : { head: queue.head + 1, tail: queue.tail, items: queue.items };
}

/** Every item, the first one first. */
export function* queued<Item>(queue: Queue<Item>): Iterable<Item> {
  for (let index = queue.head; index < queue.tail; index += 1) {
    const item = itemAt(queue.items, index);
    if (item !== null) yield item;
  }
}
