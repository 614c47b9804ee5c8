import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";
import { didYouMean } from "./closest.ts";
import { wayPointer } from "./way-pointer.ts";

/** No start, steps that no run comes to, cycles, and ways that name no step. */
export const graphShape: Check = function* ({ playbook, graph }) {
  const ids = Object.keys(playbook.steps);
  if (playbook.start.length === 0) {
    const first = ids.filter((id) => graph.waysIn.get(id)?.length === 0);
    const fix = first.length > 0 ? { fix: { title: `Start with ${first.join(", ")}`, edits: [{ type: "set-start", params: { steps: first } }] } } : {};
    yield { code: "no-start", severity: "error", message: ids.length === 0 ? "The playbook has no steps yet." : "No step is named as the start.", pointer: "/start", ...fix };
  }
  for (const { from, way, at, to } of graph.dangling) {
    const edit =
      from === null
        ? { type: "set-start", params: { steps: playbook.start.filter((id) => Object.hasOwn(playbook.steps, id)) } }
        : { type: "disconnect-steps", params: { from, way, to } };
    const step = from === null ? undefined : playbook.steps[from];
    yield {
      code: "dangling-way",
      severity: "error",
      message: `There is no step "${to}" to go to.${didYouMean(to, ids)}`,
      ...(from === null ? {} : { step: from }),
      pointer: from === null || !step ? pointerOf(["start", at]) : pointerOf(["steps", from, ...wayPointer(step, way), at]),
      fix: { title: `Remove the way to ${to}`, edits: [edit] },
    };
  }
  for (const cycle of graph.cycles) {
    const [first = ""] = cycle;
    yield {
      code: "cycle",
      severity: "error",
      message: `These steps lead back to each other: ${[...cycle].reverse().slice(0, 10).join(", ")}. Use repeat to run a step again.`,
      step: first,
      pointer: pointerOf(["steps", first]),
    };
  }
  if (graph.starts.length === 0) return;
  for (const id of ids) {
    if (graph.reachable.has(id)) continue;
    yield {
      code: "unreachable-step",
      severity: "warning",
      message: "No run comes to this step.",
      step: id,
      pointer: pointerOf(["steps", id]),
      fix: { title: "Remove the step", edits: [{ type: "remove-step", params: { id } }] },
    };
  }
};
