import { type Edit, type Json, type Playbook, step as stepSchema } from "@drawbridge/playbook";
import type { Point } from "../canvas/geometry.ts";
import { boundsOf, sizeOf } from "../canvas/geometry.ts";

const mark = "drawbridge/steps";

/** The steps as text for the clipboard: JSON that another playbook, window or person can read. */
export function copiedText(playbook: Playbook, ids: readonly string[]): string | null {
  const chosen = ids.filter((id) => Object.hasOwn(playbook.steps, id));
  if (chosen.length === 0) return null;
  const pick = <Value>(from: { readonly [id: string]: Value } | undefined) =>
    Object.fromEntries(chosen.flatMap((id) => (from?.[id] === undefined ? [] : [[id, from[id]] as const])));
  return JSON.stringify({ [mark]: 1, steps: pick(playbook.steps), layout: pick(playbook.layout) }, null, 2);
}

/** The edit that pastes such a text with its middle at a place, and the ids that were free; or why it cannot be. */
export function pasteEdit(playbook: Playbook, text: string, at: Point): { readonly edit: Edit } | { readonly problem: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { problem: "The clipboard holds no steps." };
  }
  if (typeof read !== "object" || read === null || !(mark in read) || !("steps" in read) || typeof read.steps !== "object" || read.steps === null)
    return { problem: "The clipboard holds no steps." };
  const steps: { [id: string]: Json } = {};
  for (const [id, raw] of Object.entries(read.steps)) {
    const parsed = stepSchema.safeParse(raw);
    if (!parsed.success) return { problem: `The step "${id}" in the clipboard is not valid: ${parsed.error.issues[0]?.message ?? "unknown shape"}.` };
    steps[id] = parsed.data as unknown as Json;
  }
  const places = "layout" in read && typeof read.layout === "object" && read.layout !== null ? read.layout : {};
  const layout = Object.fromEntries(Object.entries(places).flatMap(([id, place]) => (isPoint(place) && id in steps ? [[id, { x: place.x, y: place.y }] as const] : [])));
  let spare = 0;
  for (const id of Object.keys(steps)) layout[id] ??= { x: 0, y: spare++ * 96 };
  const area = boundsOf(Object.entries(layout).map(([id, place]) => ({ ...place, ...sizeOf(stepSchema.parse(steps[id])) })));
  let offset = { x: Math.round((at.x - area.x - area.width / 2) / 8) * 8, y: Math.round((at.y - area.y - area.height / 2) / 8) * 8 };
  const lies = (move: Point) =>
    Object.values(layout).some((place) =>
      Object.values(playbook.layout ?? {}).some((other) => Math.abs(other.x - place.x - move.x) < 8 && Math.abs(other.y - place.y - move.y) < 8),
    );
  while (lies(offset)) offset = { x: offset.x + 24, y: offset.y + 24 };
  return { edit: { type: "paste-steps", params: { steps, layout, offset } } };
}

const isPoint = (value: unknown): value is Point =>
  typeof value === "object" && value !== null && "x" in value && "y" in value && typeof value.x === "number" && typeof value.y === "number";
