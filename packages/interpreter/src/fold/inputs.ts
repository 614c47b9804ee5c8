import type { Json } from "@drawbridge/playbook";
import { isoOf } from "../iso.ts";
import { valueOf } from "../persistent/keyed.ts";
import { stepAt } from "../plan.ts";
import type { RunError } from "../run-error.ts";
import type { Awaited } from "../run-state.ts";
import type { RunInput } from "../trace-event.ts";
import { abandon, addFailure, addSuccess, finish } from "./attempt-results.ts";
import { cancel, changeAwaited } from "./awaiting.ts";
import { attemptsAt, cellAt, changeCell, changeItem, itemCellAt } from "./cells.ts";
import type { Draft } from "./draft.ts";
import { keepSignal } from "./early-signals.ts";
import { rerun } from "./rerun.ts";
import { addTask } from "./tasks.ts";

type InputOf<Type extends RunInput["type"]> = Extract<RunInput, { readonly type: Type }>;
type Inputs = { readonly [Type in Exclude<RunInput["type"], "run-started">]: (draft: Draft, event: InputOf<Type>) => void };

/** What each input changes; what follows from it is left to decisions. */
export const inputs: Inputs = {
  "effect-sent": (draft, { effect }) => changeAwaited(draft, effect, { sent: true }),
  "effect-succeeded": (draft, event) => {
    if (event.case !== undefined) draft.run.case = event.case;
    const awaited = finish(draft, event.effect);
    if (awaited) addSuccess(draft, awaited, event.output);
  },
  "effect-failed": (draft, { effect, error, retryAfterMs }) => {
    const awaited = finish(draft, effect);
    if (awaited) addFailure(draft, awaited, error, retryAfterMs);
  },
  "timer-fired": (draft, event) => {
    const awaited = valueOf(draft.run.awaited, event.effect);
    if (awaited?.effect.type === "start-timer") timers[awaited.effect.purpose](draft, awaited, event.at);
  },
  "ask-answered": (draft, { effect, answer, by, at, values }) => {
    const awaited = finish(draft, effect);
    if (awaited) addSuccess(draft, awaited, { answer, by, at: isoOf(at), values }, `branch:${answer}`);
  },
  "signal-received": (draft, { signal, data, at }) => {
    const waiting = valueOf(draft.run.signals, signal);
    if (!waiting) keepSignal(draft, signal, at, data);
    for (const effect of waiting ?? []) {
      const awaited = finish(draft, effect);
      if (awaited) addSuccess(draft, awaited, { signal, data, at: isoOf(at) });
    }
  },
  "child-started": (draft, { effect, run }) => {
    const awaited = valueOf(draft.run.awaited, effect);
    if (!awaited) return;
    noteChild(draft, awaited, run);
    changeAwaited(draft, effect, { child: run });
    if (awaited.effect.type !== "start-run" || !awaited.effect.detached) return;
    finish(draft, effect);
    addSuccess(draft, awaited, { run });
  },
  "child-ended": (draft, event) => {
    const awaited = finish(draft, event.effect);
    if (!awaited) return;
    if (awaited.child === null) noteChild(draft, awaited, event.run);
    if (event.status === "succeeded") addSuccess(draft, awaited, { ...event.outputs, run: event.run });
    else addFailure(draft, awaited, childError(event.status, event.run, event.error));
  },
  "case-changed": (draft, event) => {
    draft.run.case = event.case;
  },
  "cancel-requested": (draft, { by, reason }) => {
    draft.run.ending = { how: "cancelled", by, ...(reason === undefined ? {} : { reason }) };
  },
  "pause-requested": (draft) => addTask(draft, { do: "pause" }),
  "resume-requested": (draft) => addTask(draft, { do: "resume" }),
  "doubt-raised": (draft, { effect }) => {
    const awaited = valueOf(draft.run.awaited, effect);
    if (awaited) doubts[stepAt(draft.plan, awaited.step).policy.onDoubt](draft, awaited);
  },
  "doubt-decided": (draft, { effect, decision, output }) => {
    const awaited = valueOf(draft.run.awaited, effect);
    if (awaited) decisions[decision](draft, awaited, output ?? null);
  },
  "rerun-requested": (draft, { step, input, instead }) => rerun(draft, draft.plan.indexes.get(step) ?? -1, input ?? null, instead ?? {}),
};

const again = (draft: Draft, { step, item }: Awaited, what: "attempt" | "doubt" | "skip-doubt"): void =>
  addTask(draft, { do: what, step, item, round: cellAt(draft.run, step).round });

const timers = {
  retry: (draft: Draft, awaited: Awaited): void => {
    finish(draft, awaited.effect.id);
    again(draft, awaited, "attempt");
  },
  repeat: (draft: Draft, awaited: Awaited): void => timers.retry(draft, awaited),
  wait: (draft: Draft, awaited: Awaited, at: number): void => {
    finish(draft, awaited.effect.id);
    addSuccess(draft, awaited, { at: isoOf(at) });
  },
  timeout: (draft: Draft, awaited: Awaited): void => {
    const { timeoutMs } = stepAt(draft.plan, awaited.step).policy;
    finish(draft, awaited.effect.id);
    addFailure(draft, awaited, { code: "timed-out", message: `The attempt took longer than ${(timeoutMs ?? 0) / 1_000} s.`, retryable: true });
  },
  limit: (draft: Draft, awaited: Awaited): void => {
    const { step, item } = awaited;
    const waiting = valueOf(draft.run.awaited, attemptsAt(cellAt(draft.run, step), item).effect ?? "");
    const error: RunError =
      waiting?.effect.type === "open-ask"
        ? { code: "no-answer-in-time", message: "Nobody answered within the time limit.", retryable: false }
        : { code: "timed-out", message: "What the step waited for did not come within the time limit.", retryable: false };
    finish(draft, awaited.effect.id);
    addTask(draft, { do: "fail", step, item, round: cellAt(draft.run, step).round, error, way: "limit" });
  },
};

const doubts = {
  ask: (draft: Draft, awaited: Awaited): void => {
    cancel(draft, attemptsAt(cellAt(draft.run, awaited.step), awaited.item).timer);
    changeAwaited(draft, awaited.effect.id, { doubt: true });
    again(draft, awaited, "doubt");
  },
  retry: (draft: Draft, awaited: Awaited): void => {
    abandon(draft, awaited);
    again(draft, awaited, "attempt");
  },
  skip: (draft: Draft, awaited: Awaited): void => {
    abandon(draft, awaited);
    again(draft, awaited, "skip-doubt");
  },
};

const decisions = {
  retry: doubts.retry,
  skip: doubts.skip,
  done: (draft: Draft, awaited: Awaited, output: Json): void => {
    abandon(draft, awaited);
    addSuccess(draft, awaited, output);
  },
};

function noteChild(draft: Draft, { step, item }: Awaited, run: string): void {
  const cell = cellAt(draft.run, step);
  if (item === null) changeCell(draft, step, { state: { ...cell.state, children: [...(cell.state.children ?? []), run] } });
  else changeItem(draft, step, item, { state: { ...itemCellAt(cell, item).state, child: run } });
}

function childError(status: "failed" | "cancelled", run: string, error: RunError | undefined): RunError {
  const details = { run, error: (error ?? null) as unknown as Json };
  return status === "failed"
    ? { code: "child-run-failed", message: error ? `The called playbook failed: ${error.message}` : "The called playbook failed.", retryable: false, details }
    : { code: "child-run-cancelled", message: "The called playbook was cancelled.", retryable: false, details };
}
