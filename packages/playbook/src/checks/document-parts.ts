import { pointerOf } from "../pointer.ts";
import type { Playbook } from "../playbook.ts";
import type { Check } from "./check.ts";
import { didYouMean } from "./closest.ts";
import type { Finding } from "./finding.ts";

function* doubled(kind: "inputs" | "outputs", keys: readonly string[]): Generator<Finding> {
  const seen = new Set<string>();
  for (const [at, key] of keys.entries()) {
    if (seen.has(key)) yield { code: "duplicate-key", severity: "error", message: `Two ${kind} are called "${key}".`, pointer: pointerOf([kind, at, "key"]) };
    seen.add(key);
  }
}

/** Steps of a group that are not there, or in another group already. */
function* groupMembers(playbook: Playbook): Generator<Finding> {
  const seen = new Set<string>();
  for (const [id, group] of Object.entries(playbook.groups ?? {}))
    for (const [at, step] of group.steps.entries()) {
      const missing = !Object.hasOwn(playbook.steps, step);
      if (missing || seen.has(step))
        yield {
          code: missing ? "group-without-step" : "step-in-two-groups",
          severity: "hint",
          message: missing ? `The group "${group.name}" names "${step}", which is no step.` : `The step "${step}" is in more than one group.`,
          pointer: pointerOf(["groups", id, "steps", at]),
          fix: { title: "Take it out of the group", edits: [{ type: "update-group", params: { id, remove: [step] } }] },
        };
      seen.add(step);
    }
}

/** Positions of no step, keys used twice, triggers that give inputs which are not there. */
export const documentParts: Check = function* ({ playbook }) {
  yield* doubled(
    "inputs",
    (playbook.inputs ?? []).map((input) => input.key),
  );
  yield* doubled(
    "outputs",
    (playbook.outputs ?? []).map((output) => output.key),
  );
  for (const id of Object.keys(playbook.layout ?? {})) {
    if (Object.hasOwn(playbook.steps, id)) continue;
    const kept = Object.fromEntries(Object.entries(playbook.layout ?? {}).filter(([each]) => Object.hasOwn(playbook.steps, each)));
    yield {
      code: "layout-without-step",
      severity: "hint",
      message: `The layout has a position for "${id}", which is no step.`,
      pointer: pointerOf(["layout", id]),
      fix: { title: "Remove positions of no step", edits: [{ type: "set-layout", params: { layout: kept } }] },
    };
  }
  yield* groupMembers(playbook);
  const inputs = playbook.inputs ?? [];
  for (const [at, trigger] of (playbook.triggers ?? []).entries()) {
    for (const key of Object.keys(trigger.inputs)) {
      if (!inputs.some((input) => input.key === key))
        yield {
          code: "unknown-input",
          severity: "error",
          message: `The playbook has no input "${key}".${didYouMean(
            key,
            inputs.map((input) => input.key),
          )}`,
          pointer: pointerOf(["triggers", at, "inputs", key]),
        };
    }
    for (const input of inputs) {
      if (input.required && input.default === undefined && !Object.hasOwn(trigger.inputs, input.key))
        yield { code: "missing-input", severity: "error", message: `The trigger does not give the required input "${input.key}".`, pointer: pointerOf(["triggers", at, "inputs"]) };
    }
  }
};
