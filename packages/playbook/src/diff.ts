import type { Json } from "./json.ts";
import type { Playbook } from "./playbook.ts";
import { pointerOf } from "./pointer.ts";

/** One field that differs; a side that has no such field is left out. */
export interface FieldChange {
  /** Into the step, or into the playbook for its own fields. */
  readonly pointer: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** What differs between two playbooks. `changed` with step null are the playbook's own fields; `moved` are steps that only stand elsewhere. */
export interface PlaybookDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly step: string | null; readonly fields: readonly FieldChange[] }[];
  readonly moved: readonly string[];
  /** Notes added, removed or changed; they mean nothing to a run. */
  readonly notes: readonly string[];
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && (a as readonly Json[]).every((each, at) => same(each, b[at] as Json));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function fieldsOf(before: Json | undefined, after: Json | undefined, at: readonly (string | number)[]): FieldChange[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      fieldsOf(Object.hasOwn(before, key) ? before[key] : undefined, Object.hasOwn(after, key) ? after[key] : undefined, [...at, key]),
    );
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && (before as readonly Json[]).every(isObject))
    return (before as readonly Json[]).flatMap((each, index) => fieldsOf(each, after[index] as Json, [...at, index]));
  return [{ pointer: pointerOf(at), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

const own = ["steps", "layout", "notes"];
const rest = (playbook: Playbook): Json => Object.fromEntries(Object.entries(playbook).filter(([key]) => !own.includes(key))) as Json;
const differing = (before: object, after: object): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !same((before as { [key: string]: Json })[key], (after as { [key: string]: Json })[key]));

/** What differs in meaning between two playbooks, field by field; the order of keys means nothing, and a move is told apart from a change. */
export function diffPlaybooks(before: Playbook, after: Playbook): PlaybookDiff {
  const stays = Object.keys(before.steps).filter((id) => Object.hasOwn(after.steps, id));
  const changed = [
    { step: null, fields: fieldsOf(rest(before), rest(after), []) },
    ...stays.map((id) => ({ step: id, fields: fieldsOf(before.steps[id] as unknown as Json, after.steps[id] as unknown as Json, []) })),
  ].filter(({ fields }) => fields.length > 0);
  const touched = new Set(changed.map(({ step }) => step));
  return {
    added: Object.keys(after.steps).filter((id) => !Object.hasOwn(before.steps, id)),
    removed: Object.keys(before.steps).filter((id) => !Object.hasOwn(after.steps, id)),
    changed,
    moved: differing(before.layout ?? {}, after.layout ?? {}).filter((id) => stays.includes(id) && !touched.has(id)),
    notes: differing(before.notes ?? {}, after.notes ?? {}),
  };
}
