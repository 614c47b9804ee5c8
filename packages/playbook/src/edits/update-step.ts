import * as z from "zod";
import { json, type Json } from "../json.ts";
import { pointerSegments } from "../pointer.ts";
import { slug } from "../steps/shared.ts";
import type { Step } from "../steps/registry.ts";
import { withValueAt } from "../with-value-at.ts";
import { defineEdit, noStep, refuse } from "./define-edit.ts";
import { stepAt, withStep } from "./with-steps.ts";

/** One field of a step, by JSON pointer; without a value it is removed. */
const change = z.strictObject({ pointer: z.string().regex(/^(?:\/(?:[^/~]|~[01])*)+$/, "must be a JSON pointer"), value: json.optional() });

/** Changes fields of a step: `set` by JSON pointer, `patch` whole fields (null removes one). The kind stays. */
export const updateStep = defineEdit({
  type: "update-step",
  title: "Change step",
  params: z.strictObject({ id: slug, set: z.array(change).max(500).optional(), patch: z.record(z.string(), json).optional() }),
  apply(playbook, { id, set = [], patch = {} }) {
    const step = stepAt(playbook, id);
    if (!step) return noStep(id);
    const changes = [
      ...Object.entries(patch).map(([key, value]) => ({ at: [key], value: value === null ? undefined : value })),
      ...set.map(({ pointer, value }) => ({ at: pointerSegments(pointer), value })),
    ];
    let made: Json = step as unknown as Json;
    for (const { at, value } of changes) {
      if (at[0] === "kind" && value !== step.kind) return refuse("bad-pointer", "A step's kind is changed by replacing the step.");
      const next = withValueAt(made, at, value);
      if (next === null) return refuse("bad-pointer", `The step has no place /${at.join("/")}.`);
      made = next;
    }
    return withStep(playbook, id, made as unknown as Step);
  },
});
