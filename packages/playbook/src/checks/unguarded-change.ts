import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

/** Drawbridge's own records: opening a case changes nothing outside. */
const ownRecords = "cases";

/** Actions that change something outside and run in every case, since no condition and no ask stands before them on some way. */
export const unguardedChange: Check = function* ({ playbook, graph, catalog: { actions } }) {
  if (!actions) return;
  const unguarded = new Set<string>();
  const open = [...graph.starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (unguarded.has(id)) continue;
    unguarded.add(id);
    const kind = playbook.steps[id]?.kind;
    if (kind === "condition" || kind === "ask") continue;
    for (const way of graph.ways.get(id) ?? []) open.push(...way.next.filter((next) => Object.hasOwn(playbook.steps, next)));
  }
  for (const id of graph.order) {
    const step = playbook.steps[id];
    const facts = step?.kind === "action" && unguarded.has(id) ? actions.get(step.action) : undefined;
    if (facts?.effect === "changes" && facts.integration !== ownRecords)
      yield {
        code: "unguarded-change",
        severity: "warning",
        message: `${facts.title} changes something, and no condition or ask decides whether it should.`,
        step: id,
        pointer: pointerOf(["steps", id]),
      };
  }
};
