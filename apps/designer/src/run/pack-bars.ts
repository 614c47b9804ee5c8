import type { AttemptBar } from "./attempt-bars.ts";

/** A stretch of the time line as it is drawn; `count` bars that lie together are one. */
export interface DrawnBar {
  readonly bar: AttemptBar;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Rows of no more bars are drawn one by one. */
const drawnSingly = 200;
const buckets = 200;
const worst: { readonly [Tone in AttemptBar["tone"]]: number } = { ok: 0, skip: 1, wait: 2, run: 3, doubt: 4, fail: 5 };

/** The bars of one row between two times; of many, those that begin close together become one that wears the worst of their tones. */
export function packBars(bars: readonly AttemptBar[], start: number, end: number): readonly DrawnBar[] {
  if (bars.length <= drawnSingly) return bars.map((bar) => ({ bar, from: bar.from, to: bar.to ?? end, count: 1 }));
  const width = Math.max(1, end - start) / buckets;
  const packed = new Map<number, DrawnBar>();
  for (const bar of bars) {
    const bucket = Math.floor((bar.from - start) / width);
    const known = packed.get(bucket);
    const to = bar.to ?? end;
    if (!known) packed.set(bucket, { bar, from: bar.from, to, count: 1 });
    else {
      const sooner = Math.min(known.from, bar.from);
      packed.set(bucket, { bar: worst[bar.tone] > worst[known.bar.tone] ? bar : known.bar, from: sooner, to: Math.max(known.to, to), count: known.count + 1 });
    }
  }
  return [...packed.values()];
}
