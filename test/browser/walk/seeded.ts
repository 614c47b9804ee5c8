/** Numbers that look random and come again with the same seed. */
export interface Seeded {
  /** A whole number from 0 to below `end`. */
  readonly below: (end: number) => number;
  readonly one: <Item>(items: readonly Item[]) => Item | undefined;
  /** So many different ones, fewer when there are not so many. */
  readonly some: <Item>(items: readonly Item[], count: number) => Item[];
  readonly chance: (share: number) => boolean;
}

/** The generator known as mulberry32. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    one: (items) => items[below(items.length)],
    some: (items, count) => {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)).flat();
    },
    chance: (share) => next() < share,
  };
}
