import { type Playbook, type Step, waysOf } from "@drawbridge/playbook";
import type { Connected } from "../canvas/PlaybookCanvas.tsx";
import { startId } from "../canvas/scene.ts";
import { addAt, connect, disconnect, insertOn, type Placed } from "./step-edits.ts";

/** Every connection that leads to a step, that of the start first. */
export function waysInto(playbook: Playbook, to: string): Connected[] {
  const start = playbook.start.includes(to) ? [{ from: startId, way: "start", to }] : [];
  return [...start, ...Object.entries(playbook.steps).flatMap(([from, step]) => waysOf(step).flatMap((way) => (way.next.includes(to) ? [{ from, way: way.id, to }] : [])))];
}

/** Puts a new step before another: all that led there leads to the new one. */
export function insertBefore(playbook: Playbook, step: Step, to: string): Placed {
  const [first, ...others] = waysInto(playbook, to);
  if (!first) {
    const at = playbook.layout?.[to] ?? { x: 0, y: 0 };
    const placed = addAt(playbook, step, { x: at.x + 100, y: at.y - 48 });
    const [way] = waysOf(step);
    return way ? { id: placed.id, edits: [...placed.edits, { type: "connect-steps", params: { from: placed.id, way: way.id, to } }] } : placed;
  }
  const placed = insertOn(playbook, step, first);
  return {
    id: placed.id,
    edits: [...placed.edits, ...others.flatMap((edge) => [disconnect(playbook, edge), connect(playbook, { ...edge, to: placed.id })])],
  };
}
