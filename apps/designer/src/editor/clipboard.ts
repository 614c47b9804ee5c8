import { type Edit, type Json, type Playbook, step as stepSchema } from "@drawbridge/playbook";
import type { Point } from "../canvas/geometry.ts";
import { boundsOf, type Rect, sizeOf } from "../canvas/geometry.ts";
import { groupPrefix } from "../canvas/groups.ts";
import { notePrefix } from "../canvas/nodes.ts";

const mark = "drawbridge/steps";

/** The browser's clipboard, where a page may use it other than by keys: over HTTPS or on this machine. */
function clipboard(keys: string): Clipboard {
  const { clipboard: there } = navigator as Partial<Navigator>;
  if (!there) throw new Error(`The browser lets this page use the clipboard only by keys: press ${keys}.`);
  return there;
}
export const writeClipboard = async (text: string): Promise<void> => clipboard("Ctrl C").writeText(text);
export const readClipboard = async (): Promise<string> => clipboard("Ctrl V").readText();

/** Steps, notes and groups as text for the clipboard: JSON that another playbook, window or person can read. */
export function copiedText(playbook: Playbook, ids: readonly string[]): string | null {
  const own = (prefix: string) => ids.flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []));
  const groups = own(groupPrefix);
  const steps = [...new Set([...ids, ...groups.flatMap((id) => playbook.groups?.[id]?.steps ?? [])])].filter((id) => Object.hasOwn(playbook.steps, id));
  const notes = own(notePrefix).filter((id) => Object.hasOwn(playbook.notes ?? {}, id));
  if (steps.length + notes.length === 0) return null;
  const whole = Object.entries(playbook.groups ?? {}).flatMap(([id, group]) => (group.steps.every((step) => steps.includes(step)) ? [id] : []));
  const pick = <Value>(from: { readonly [id: string]: Value } | undefined, chosen: readonly string[]) =>
    Object.fromEntries(chosen.flatMap((id) => (from?.[id] === undefined ? [] : [[id, from[id]] as const])));
  return JSON.stringify(
    {
      [mark]: 1,
      steps: pick(playbook.steps, steps),
      layout: pick(playbook.layout, steps),
      ...(notes.length > 0 && { notes: pick(playbook.notes, notes) }),
      ...(whole.length > 0 && { groups: pick(playbook.groups, whole) }),
    },
    null,
    2,
  );
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
  const placed = "layout" in read && typeof read.layout === "object" && read.layout !== null ? read.layout : {};
  const layout = Object.fromEntries(Object.entries(placed).flatMap(([id, place]) => (isPoint(place) && id in steps ? [[id, { x: place.x, y: place.y }] as const] : [])));
  let spare = 0;
  for (const id of Object.keys(steps)) layout[id] ??= { x: 0, y: spare++ * 96 };
  const part = (key: "notes" | "groups"): { [id: string]: Json } => {
    const found: unknown = key in read ? (read as { [key: string]: unknown })[key] : undefined;
    return typeof found === "object" && found !== null ? (found as { [id: string]: Json }) : {};
  };
  const notes = part("notes");
  const places = [...Object.entries(layout).map(([id, place]) => ({ ...place, ...sizeOf(stepSchema.parse(steps[id])) })), ...Object.values<unknown>(notes).filter(isRect)];
  const area = boundsOf(places);
  let offset = { x: Math.round((at.x - area.x - area.width / 2) / 8) * 8, y: Math.round((at.y - area.y - area.height / 2) / 8) * 8 };
  const there = [...Object.values(playbook.layout ?? {}), ...Object.values(playbook.notes ?? {})];
  const lies = (move: Point) => places.some((place) => there.some((other) => Math.abs(other.x - place.x - move.x) < 8 && Math.abs(other.y - place.y - move.y) < 8));
  while (lies(offset)) offset = { x: offset.x + 24, y: offset.y + 24 };
  return { edit: { type: "paste-steps", params: { steps, layout, notes, groups: part("groups"), offset } } };
}

const isPoint = (value: unknown): value is Point =>
  typeof value === "object" && value !== null && "x" in value && "y" in value && typeof value.x === "number" && typeof value.y === "number";
const isRect = (value: unknown): value is Rect => isPoint(value) && "width" in value && "height" in value && typeof value.width === "number" && typeof value.height === "number";
