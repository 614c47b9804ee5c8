import { emptyKeyed } from "../persistent/keyed.ts";
import { emptyQueue } from "../persistent/queue.ts";
import { emptyVector } from "../persistent/vector.ts";
import type { Plan } from "../plan.ts";
import type { Run } from "../run-state.ts";
import type { RunInput } from "../trace-event.ts";

/** A run at its very beginning; inputs left out have their defaults. */
export function startedRun({ playbook }: Plan, event: Extract<RunInput, { readonly type: "run-started" }>): Run {
  const defaults = Object.fromEntries((playbook.inputs ?? []).flatMap((input) => (input.default === undefined ? [] : [[input.key, input.default]])));
  return {
    id: event.run,
    playbook: event.playbook,
    status: "running",
    outcome: null,
    seq: 1,
    startedAt: event.at,
    endedAt: null,
    trigger: event.trigger,
    input: { ...defaults, ...event.input },
    outputs: {},
    vars: {},
    case: event.case,
    error: null,
    cells: emptyVector,
    active: 0,
    settling: emptyQueue,
    ready: emptyQueue,
    awaited: emptyKeyed,
    signals: emptyKeyed,
    early: emptyKeyed,
    earlyCount: 0,
    opened: 0,
    verdict: null,
    ending: null,
    cut: [],
  };
}
