import { ExpressionError } from "@drawbridge/playbook";
import { currentTask } from "../fold/tasks.ts";
import { type Plan, stepAt } from "../plan.ts";
import type { RunError } from "../run-error.ts";
import type { Run, Task, TaskOf } from "../run-state.ts";
import { failed, succeeded } from "../steps/outcome.ts";
import type { RunDecision } from "../trace-event.ts";
import { retry, startAttempt } from "./attempts.ts";
import { concludeRun, runFailed } from "./conclude.ts";
import { entryOf, type TaskEntry } from "./entry.ts";
import { expandItems, gatherItems, nextItem } from "./items.ts";
import { pollOrSucceed } from "./poll.ts";

type Deciders = { readonly [Do in Exclude<Task["do"], "pause" | "resume">]: (entry: TaskEntry, task: TaskOf<Do>) => RunDecision };

const deciders: Deciders = {
  enter: (entry) => {
    const { behaviour, policy, step } = entry.at;
    const { standIn } = entry.cell;
    if (standIn?.how === "simulate") return succeeded(entry.at, standIn.output, standIn.way, { simulated: true });
    if (standIn) return { type: "step-skipped", step: entry.at.id, because: null, way: "next", error: skippedInRerun };
    if ("enter" in behaviour) return behaviour.enter(step, entry);
    return policy.forEach ? expandItems(entry, policy.forEach.items) : startAttempt(entry, behaviour);
  },
  skip: ({ at, cell, plan }) => {
    const by = cell.cause && stepAt(plan, cell.cause.step);
    return { type: "step-skipped", step: at.id, because: by && { step: by.id, way: by.ways[cell.cause?.way ?? 0]?.id ?? "next" } };
  },
  attempt: (entry) => ("input" in entry.at.behaviour ? startAttempt(entry, entry.at.behaviour) : failedTask(entry, noAttempts)),
  expand: (entry) => nextItem(entry),
  gather: (entry) => gatherItems(entry),
  succeed: pollOrSucceed,
  retry: (entry, { error, retryAfterMs }) => retry(entry, error, retryAfterMs),
  fail: (entry, { error, way }) => failedTask(entry, error, way),
  doubt: ({ at, item, attempts }) => ({ type: "step-in-doubt", step: at.id, effect: attempts.effect ?? "", ...(item === null ? {} : { item }) }),
  "skip-doubt": ({ at, item }) =>
    item === null
      ? { type: "step-skipped", step: at.id, because: null, way: "next", error: skippedInDoubt }
      : { type: "item-succeeded", step: at.id, item, output: null, error: skippedInDoubt },
};

const skippedInDoubt: RunError = { code: "skipped-in-doubt", message: "It was not known whether the action had been carried out, and it was skipped.", retryable: false };
const skippedInRerun: RunError = { code: "skipped-in-rerun", message: "Whoever ran it again had this step left out, so that it does not happen twice.", retryable: false };
const noAttempts: RunError = { code: "expression-failed", message: "The step makes no attempts.", retryable: false };

/** The next entry of the trace, or null when the run waits for something outside or is over. */
export function decide(plan: Plan, run: Run, time: number): RunDecision | null {
  if (run.endedAt !== null) return null;
  const { ending } = run;
  if (ending?.how === "failed") return runFailed(run, ending.error, ending.step);
  if (ending?.how === "cancelled") return { type: "run-cancelled", by: ending.by, ...(ending.reason === undefined ? {} : { reason: ending.reason }) };
  const task = currentTask(run);
  if (ending || (!task && run.active === 0)) return concludeRun(plan, run, time);
  if (!task) return null;
  if (task.do === "pause") return { type: "run-paused" };
  if (task.do === "resume") return { type: "run-resumed" };
  const entry = entryOf(plan, run, time, task);
  try {
    return (deciders[task.do] as (entry: TaskEntry, task: Task) => RunDecision)(entry, task);
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return failedTask(entry, { code: "expression-failed", message: thrown.message, retryable: false });
  }
}

function failedTask({ at, item }: TaskEntry, error: RunError, way: "error" | "limit" = "error"): RunDecision {
  return item === null ? failed(at, error, way) : { type: "item-failed", step: at.id, item, error };
}
