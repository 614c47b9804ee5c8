import type { Playbook } from "@drawbridge/playbook";
import { boundsOf, type Point, type Rect, sizeOf } from "../canvas/geometry.ts";
import { groupPrefix } from "../canvas/groups.ts";
import { notePrefix } from "../canvas/nodes.ts";

/** Ways to put several things in line, or at even distances. */
export const arrangements = ["left", "centre", "right", "top", "middle", "bottom", "across", "down"] as const;
export type Arrangement = (typeof arrangements)[number];

type Placed = readonly [id: string, rect: Rect];

const put: { readonly [How in Arrangement]: (placed: readonly Placed[], whole: Rect) => readonly Placed[] } = {
  left: (placed, whole) => placed.map(([id, rect]) => [id, { ...rect, x: whole.x }]),
  centre: (placed, whole) => placed.map(([id, rect]) => [id, { ...rect, x: whole.x + (whole.width - rect.width) / 2 }]),
  right: (placed, whole) => placed.map(([id, rect]) => [id, { ...rect, x: whole.x + whole.width - rect.width }]),
  top: (placed, whole) => placed.map(([id, rect]) => [id, { ...rect, y: whole.y }]),
  middle: (placed, whole) => placed.map(([id, rect]) => [id, { ...rect, y: whole.y + (whole.height - rect.height) / 2 }]),
  bottom: (placed, whole) => placed.map(([id, rect]) => [id, { ...rect, y: whole.y + whole.height - rect.height }]),
  across: (placed, whole) => {
    const inOrder = [...placed].sort(([, a], [, b]) => a.x - b.x);
    const gap = (whole.width - inOrder.reduce((sum, [, rect]) => sum + rect.width, 0)) / Math.max(1, inOrder.length - 1);
    let x = whole.x;
    return inOrder.map(([id, rect]) => {
      const at = { ...rect, x };
      x += rect.width + gap;
      return [id, at];
    });
  },
  down: (placed, whole) => {
    const inOrder = [...placed].sort(([, a], [, b]) => a.y - b.y);
    const gap = (whole.height - inOrder.reduce((sum, [, rect]) => sum + rect.height, 0)) / Math.max(1, inOrder.length - 1);
    let y = whole.y;
    return inOrder.map(([id, rect]) => {
      const at = { ...rect, y };
      y += rect.height + gap;
      return [id, at];
    });
  },
};

/** Where each of these is after arranging; whole pixels. */
export function arranged(placed: ReadonlyMap<string, Rect>, how: Arrangement): Map<string, Point> {
  return new Map(put[how]([...placed], boundsOf(placed.values())).map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
}

/** The steps and notes of a selection with their places. */
export function placesOf(playbook: Playbook, selection: readonly string[]): Map<string, Rect> {
  return new Map(
    selection.flatMap((id): Placed[] => {
      const note = id.startsWith(notePrefix) ? playbook.notes?.[id.slice(notePrefix.length)] : undefined;
      if (note) return [[id, note]];
      const group = id.startsWith(groupPrefix) ? playbook.groups?.[id.slice(groupPrefix.length)] : undefined;
      if (group) return [...placesOf(playbook, group.steps)];
      const [step, at] = [playbook.steps[id], playbook.layout?.[id]];
      return step && at ? [[id, { ...at, ...sizeOf(step) }]] : [];
    }),
  );
}
