import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";
import { closest } from "./closest.ts";

/** Actions that no integration offers. */
export const unknownAction: Check = function* ({ playbook, catalog: { actions } }) {
  if (!actions) return;
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (step.kind !== "action" || actions.has(step.action)) continue;
    const near = closest(step.action, actions.keys());
    yield {
      code: "unknown-action",
      severity: "error",
      message: `There is no action "${step.action}".${near ? ` Did you mean "${near}"?` : ""}`,
      step: id,
      pointer: pointerOf(["steps", id, "action"]),
      ...(near ? { fix: { title: `Use ${near}`, edits: [{ type: "update-step", params: { id, patch: { action: near } } }] } } : {}),
    };
  }
};
