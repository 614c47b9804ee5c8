import * as z from "zod";
import { position } from "../playbook.ts";
import { slug } from "../steps/shared.ts";
import { step } from "../steps/registry.ts";
import { waysOf } from "../ways.ts";
import { defineEdit, noStep, refuse } from "./define-edit.ts";
import { freeStepId } from "./free-id.ts";
import { withWay } from "./with-ways.ts";
import { replaced, stepAt, withPosition, withStep } from "./with-steps.ts";

/** Adds a step between two that are connected: it follows `from`, and `to` follows its first way out. */
export const insertStepOnWay = defineEdit({
  type: "insert-step-on-way",
  title: "Insert step",
  params: z.strictObject({ id: slug.optional(), step, from: slug, way: z.string(), to: slug, position: position.optional() }),
  apply(playbook, { id, step: added, from, way, to, position: at }) {
    const before = stepAt(playbook, from);
    if (!before) return noStep(from);
    const next = waysOf(before).find((each) => each.id === way)?.next;
    if (!next?.includes(to)) return refuse("unknown-way", `The way "${way}" of "${from}" does not lead to "${to}".`);
    const free = id ?? freeStepId(playbook, added.name);
    if (stepAt(playbook, free)) return refuse("id-taken", `There is already a step "${free}".`);
    const [out] = waysOf(added);
    const inserted = out ? withWay(added, out.id, [to]) : null;
    if (!inserted) return refuse("no-way-out", "This step ends its way, so nothing can follow it.");
    const connected = withWay(before, way, replaced(next, to, [free])) ?? before;
    return withPosition(withStep(withStep(playbook, from, connected), free, inserted), free, at);
  },
});
