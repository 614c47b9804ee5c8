import type { Playbook, Step } from "@drawbridge/playbook";

/** What changed since the document that the other side has: only that crosses to it. */
export interface CheckPatch {
  readonly steps: { readonly [id: string]: Step };
  /** Every step's id, in order; absent when they are as before. */
  readonly ids?: readonly string[];
  readonly rest: Omit<Playbook, "steps">;
}

/** What to send so that `patched` gives `after`, layout and notes left out; null when no check can tell the two apart. */
export function patchOf(before: Playbook | null, after: Playbook): CheckPatch | null {
  const rest = restOf(after);
  const old = before?.steps ?? {};
  const changed = Object.entries(after.steps).filter(([id, step]) => old[id] !== step);
  const ids = Object.keys(after.steps);
  const oldIds = Object.keys(old);
  const sameIds = before !== null && ids.length === oldIds.length && ids.every((id, index) => id === oldIds[index]);
  if (sameIds && changed.length === 0 && sameRest(restOf(before), rest)) return null;
  return { steps: Object.fromEntries(changed), rest, ...(!sameIds && { ids }) };
}

/** The document after a patch; steps that did not change stay the same values. */
export function patched(before: Playbook | null, { steps, ids, rest }: CheckPatch): Playbook {
  const all = { ...before?.steps, ...steps };
  if (!ids) return { ...rest, steps: all };
  return { ...rest, steps: Object.fromEntries(ids.flatMap((id) => (all[id] ? [[id, all[id]]] : []))) };
}

function restOf({ steps: _steps, layout: _layout, notes: _notes, ...rest }: Playbook): CheckPatch["rest"] {
  return rest;
}

function sameRest(one: CheckPatch["rest"], other: CheckPatch["rest"]): boolean {
  const keys = Object.keys(other) as (keyof CheckPatch["rest"])[];
  return keys.length === Object.keys(one).length && keys.every((key) => one[key] === other[key]);
}
