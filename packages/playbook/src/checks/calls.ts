import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";
import { didYouMean } from "./closest.ts";

/** The way from one playbook back to itself by calls, null when there is none. */
function callCycle(from: string, to: string, callsOf: (playbook: string) => readonly string[]): string[] | null {
  const cameFrom = new Map<string, string>();
  const open = [from];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each === to) {
      const way = [to];
      for (let at = cameFrom.get(to); at !== undefined && way.length < 50; at = at === from ? undefined : cameFrom.get(at)) way.unshift(at);
      return to === from ? [from] : way;
    }
    for (const called of callsOf(each)) {
      if (cameFrom.has(called) || called === from) continue;
      cameFrom.set(called, each);
      open.push(called);
    }
  }
  return null;
}

/** Calls of playbooks that do not exist, that lead back here, or that are given wrong inputs. */
export const calls: Check = function* ({ playbook, catalog: { playbooks } }) {
  if (!playbooks) return;
  const callsOf = (id: string): readonly string[] => playbooks.get(id)?.calls ?? [];
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (step.kind !== "call") continue;
    const pointer = pointerOf(["steps", id, "playbook"]);
    const cycle = callCycle(step.playbook, playbook.id, callsOf);
    if (cycle) {
      yield { code: "call-cycle", severity: "error", message: `This playbook calls itself: ${[playbook.id, ...cycle].join(" → ")}.`, step: id, pointer };
      continue;
    }
    const called = playbooks.get(step.playbook);
    if (!called) {
      yield { code: "unknown-playbook", severity: "error", message: `There is no playbook "${step.playbook}".${didYouMean(step.playbook, playbooks.keys())}`, step: id, pointer };
      continue;
    }
    const given = step.with ?? {};
    for (const input of called.inputs) {
      if (input.required && !Object.hasOwn(given, input.key))
        yield {
          code: "missing-input",
          severity: "error",
          message: `The playbook "${step.playbook}" needs the input "${input.key}".`,
          step: id,
          pointer: pointerOf(["steps", id, "with"]),
        };
    }
    for (const key of Object.keys(given)) {
      if (called.inputs.some((input) => input.key === key)) continue;
      yield {
        code: "unknown-input",
        severity: "error",
        message: `The playbook "${step.playbook}" has no input "${key}".${didYouMean(
          key,
          called.inputs.map((input) => input.key),
        )}`,
        step: id,
        pointer: pointerOf(["steps", id, "with", key]),
        fix: { title: `Remove ${key}`, edits: [{ type: "update-step", params: { id, set: [{ pointer: pointerOf(["with", key]) }] } }] },
      };
    }
  }
};
