import * as z from "zod";
import { group, note, type Playbook, position } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { step } from "../steps/registry.ts";
import { defineEdit } from "./define-edit.ts";
import { freeId } from "./free-id.ts";
import { renameInStep } from "./rename-references.ts";
import { mapWays } from "./with-ways.ts";
import { groupAt, withGroups } from "./with-groups.ts";
import { stepAt } from "./with-steps.ts";

/** Adds copies of steps, of this playbook or another: ids that are taken become free ones, ways and expressions between the copies follow, ways to anything else are dropped. Notes and groups come along. */
export const pasteSteps = defineEdit({
  type: "paste-steps",
  title: "Paste steps",
  params: z.strictObject({
    steps: z.record(slug, step),
    layout: z.record(slug, position).optional(),
    notes: z.record(slug, note).optional(),
    groups: z.record(slug, group).optional(),
    offset: position.optional(),
  }),
  apply(playbook, { steps, layout = {}, notes = {}, groups = {}, offset = { x: 0, y: 0 } }) {
    const renaming = new Map<string, string>();
    const given = new Set<string>();
    for (const id of Object.keys(steps)) {
      const free = freeId((other) => stepAt(playbook, other) !== undefined || given.has(other), id, "step");
      given.add(free);
      renaming.set(id, free);
    }
    const made = Object.entries(steps).map(
      ([id, copied]) =>
        [
          renaming.get(id) ?? id,
          renameInStep(
            mapWays(copied, (next) => next.flatMap((each) => renaming.get(each) ?? [])),
            renaming,
          ),
        ] as const,
    );
    const positions = Object.entries(layout).flatMap(([id, at]) => (renaming.has(id) ? [[renaming.get(id) ?? id, { x: at.x + offset.x, y: at.y + offset.y }] as const] : []));
    const allNotes: NonNullable<Playbook["notes"]> = { ...playbook.notes };
    for (const [id, copied] of Object.entries(notes))
      allNotes[freeId((other) => Object.hasOwn(allNotes, other), id, "note")] = { ...copied, x: copied.x + offset.x, y: copied.y + offset.y };
    let result: Playbook = {
      ...playbook,
      steps: { ...playbook.steps, ...Object.fromEntries(made) },
      ...(positions.length > 0 ? { layout: { ...playbook.layout, ...Object.fromEntries(positions) } } : {}),
      ...(Object.keys(notes).length > 0 ? { notes: allNotes } : {}),
    };
    for (const [id, copied] of Object.entries(groups)) {
      const free = freeId((other) => groupAt(result, other) !== undefined, id, "group");
      result = withGroups(result, { ...result.groups, [free]: { ...copied, steps: copied.steps.flatMap((each) => renaming.get(each) ?? []) } });
    }
    return result;
  },
});
