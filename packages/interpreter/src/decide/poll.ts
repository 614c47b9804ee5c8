import { evaluate, isTruthy } from "@drawbridge/playbook";
import { effectId } from "../effect-id.ts";
import { eventScope } from "../event-scope.ts";
import type { TaskOf } from "../run-state.ts";
import { failed, succeeded } from "../steps/outcome.ts";
import type { RunDecision } from "../trace-event.ts";
import { localOf, type TaskEntry } from "./entry.ts";

/** The attempt's output is what the step was after, or another poll is due. */
export function pollOrSucceed(entry: TaskEntry, { output, way }: TaskOf<"succeed">): RunDecision {
  const { plan, run, at, time, cell, item, attempts } = entry;
  const done = (): RunDecision => (item === null ? succeeded(at, output, way) : { type: "item-succeeded", step: at.id, item, output });
  const { repeat } = at.policy;
  if (!repeat) return done();
  const scope = eventScope(plan, run, time, localOf(cell, item, output));
  if (isTruthy(evaluate(repeat.until, scope))) return done();
  const poll = attempts.polls + 1;
  const ofItem = item === null ? {} : { item };
  if (poll < repeat.max) {
    const timer = `${effectId(run.id, at.id, item, attempts.number)}/repeat`;
    return { type: "poll-scheduled", step: at.id, ...ofItem, poll, max: repeat.max, nextAt: time + repeat.everyMs, timer, output };
  }
  const error = { code: "repeat-exhausted", message: `What the step polls for did not come in ${poll} ${poll === 1 ? "poll" : "polls"}.`, retryable: false, details: { output } };
  return item === null ? failed(at, error) : { type: "item-failed", step: at.id, item, error };
}
