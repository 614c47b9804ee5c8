import * as z from "zod";
import { position } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { step } from "../steps/registry.ts";
import { defineEdit } from "./define-edit.ts";
import { freeId } from "./free-id.ts";
import { renameInStep } from "./rename-references.ts";
import { mapWays } from "./with-ways.ts";
import { stepAt } from "./with-steps.ts";

/** Adds copies of steps, of this playbook or another: ids that are taken become free ones, ways and expressions between the copies follow, ways to anything else are dropped. */
export const pasteSteps = defineEdit({
  type: "paste-steps",
  title: "Paste steps",
  params: z.strictObject({ steps: z.record(slug, step), layout: z.record(slug, position).optional(), offset: position.optional() }),
  apply(playbook, { steps, layout = {}, offset = { x: 0, y: 0 } }) {
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
    return {
      ...playbook,
      steps: { ...playbook.steps, ...Object.fromEntries(made) },
      ...(positions.length > 0 ? { layout: { ...playbook.layout, ...Object.fromEntries(positions) } } : {}),
    };
  },
});
