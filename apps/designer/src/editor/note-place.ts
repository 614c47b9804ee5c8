import type { Playbook } from "@drawbridge/playbook";
import { type Point, type Rect, sizeOf } from "../canvas/geometry.ts";

const size = { width: 152, height: 88 };
const grid = 8;
const step = 5 * grid;
const gap = 8;
const reach = 20;

/** Every place that is looked at, from the middle outwards. */
const offsets: readonly Point[] = Array.from({ length: (2 * reach + 1) ** 2 }, (_each, index) => ({
  x: ((index % (2 * reach + 1)) - reach) * step,
  y: (Math.floor(index / (2 * reach + 1)) - reach) * step,
})).sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));

const snap = (value: number) => Math.round(value / grid) * grid;

/** Where a new note covers nothing and nothing covers it, as near to a place as can be. */
export function notePlace(playbook: Playbook, middle: Point): Rect {
  const first = { x: snap(middle.x - size.width / 2), y: snap(middle.y - size.height / 2) };
  const there: Rect[] = [
    ...Object.entries(playbook.steps).flatMap(([id, each]) => (playbook.layout?.[id] ? [{ ...playbook.layout[id], ...sizeOf(each) }] : [])),
    ...Object.values(playbook.notes ?? {}),
  ];
  const isFree = ({ x, y }: Point) =>
    there.every((rect) => x >= rect.x + rect.width + gap || rect.x >= x + size.width + gap || y >= rect.y + rect.height + gap || rect.y >= y + size.height + gap);
  const { x, y } = offsets.map((offset) => ({ x: first.x + offset.x, y: first.y + offset.y })).find(isFree) ?? first;
  return { x, y, ...size };
}
