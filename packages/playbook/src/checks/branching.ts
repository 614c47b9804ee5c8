import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

/** Conditions and asks whose ways are missing, doubled or lead nowhere, and ways that nothing can take. */
export const branching: Check = function* ({ playbook, graph }) {
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (step.kind !== "condition" && step.kind !== "ask") continue;
    const pointer = pointerOf(["steps", id]);
    const seen = new Set<string>();
    for (const [at, { label }] of step.branches.entries()) {
      if (seen.has(label))
        yield { code: "duplicate-branch", severity: "error", message: `Two branches are called "${label}".`, step: id, pointer: pointerOf(["steps", id, "branches", at, "label"]) };
      seen.add(label);
    }
    const leadsNowhere = (graph.ways.get(id) ?? []).every((way) => way.next.length === 0);
    if (leadsNowhere)
      yield step.kind === "ask"
        ? { code: "ask-leads-nowhere", severity: "warning", message: "No answer leads to a step.", step: id, pointer }
        : { code: "condition-without-way", severity: "error", message: "No way of the condition leads to a step.", step: id, pointer };
    if (step.kind === "condition" && !step.otherwise) {
      yield {
        code: "condition-without-otherwise",
        severity: "warning",
        message: "When no branch holds, the run fails here. Say what happens otherwise.",
        step: id,
        pointer,
        fix: { title: "End this way otherwise", edits: [{ type: "update-step", params: { id, patch: { otherwise: { next: [] } } } }] },
      };
    }
    if (step.kind === "ask" && step.onTimeLimit && step.timeLimit === undefined)
      yield {
        code: "limit-without-time",
        severity: "warning",
        message: "There is a way for no answer, but no time limit, so it is never taken.",
        step: id,
        pointer: pointerOf(["steps", id, "onTimeLimit"]),
      };
  }
};
