import type { Playbook, PlaybookGroup } from "../playbook.ts";
import { refuse } from "./define-edit.ts";
import type { EditRefusal } from "./edit.ts";

type Groups = { readonly [id: string]: PlaybookGroup };

/** The playbook with these groups; those that hold no step are gone, and so is the field when none is left. */
export function withGroups(playbook: Playbook, groups: Groups): Playbook {
  const kept = Object.entries(groups).filter(([, group]) => group.steps.length > 0);
  if (kept.length > 0) return { ...playbook, groups: Object.fromEntries(kept) };
  const { groups: _none, ...rest } = playbook;
  return rest;
}

/** The playbook with the list of steps of each group changed; the same playbook when nothing changed. */
export function mapGroups(playbook: Playbook, change: (steps: readonly string[], id: string) => readonly string[]): Playbook {
  let changed = false;
  const groups = Object.entries(playbook.groups ?? {}).map(([id, group]) => {
    const steps = change(group.steps, id);
    if (steps.length === group.steps.length && steps.every((step, at) => step === group.steps[at])) return [id, group] as [string, PlaybookGroup];
    changed = true;
    return [id, { ...group, steps: [...steps] }] as [string, PlaybookGroup];
  });
  return changed ? withGroups(playbook, Object.fromEntries(groups)) : playbook;
}

/** The group of that id, own properties only. */
export const groupAt = (playbook: Playbook, id: string): PlaybookGroup | undefined => (Object.hasOwn(playbook.groups ?? {}, id) ? playbook.groups?.[id] : undefined);

/** Refuses an edit of a group that is not there. */
export const noGroup = (id: string): { readonly refusal: EditRefusal } => refuse("unknown-group", `There is no group "${id}".`);
