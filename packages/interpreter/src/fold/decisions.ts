import { isoOf } from "../iso.ts";
import { emptyVector } from "../persistent/vector.ts";
import { type PlanStep, stepNamed } from "../plan.ts";
import type { StepState } from "../run.ts";
import type { RunDecision } from "../trace-event.ts";
import { leave } from "./arrivals.ts";
import { changeAwaited, open } from "./awaiting.ts";
import { cellAt, changeAttempts, changeCell, changeItem, itemCellAt } from "./cells.ts";
import { type Draft, setVars } from "./draft.ts";
import { takeEarly } from "./early-signals.ts";
import { endRun } from "./end-run.ts";
import { itemDone, startItem } from "./items.ts";
import { settle } from "./settle.ts";
import { addTask } from "./tasks.ts";

export type DecisionOf<Type extends RunDecision["type"]> = Extract<RunDecision, { readonly type: Type }>;
type Decisions = { readonly [Type in RunDecision["type"]]: (draft: Draft, event: DecisionOf<Type>, at: number) => void };

/** What each decision changes. */
export const decisions: Decisions = {
  "attempt-started": (draft, event, at) => {
    const step = stepNamed(draft.plan, event.step);
    const { timeoutMs } = step.policy;
    const timer = timeoutMs === null ? null : `${event.effect}/timeout`;
    const item = event.item ?? null;
    if (item === null) startAttempt(draft, step, event, at, timer);
    else startItem(draft, step, { ...event, item }, timer);
    if ("request" in step.behaviour) open(draft, step.behaviour.request(step.step, event, timeoutMs), step.index, item);
    if (timer !== null) open(draft, { type: "start-timer", id: timer, step: step.id, purpose: "timeout", at: at + (timeoutMs ?? 0) }, step.index, item);
  },
  "attempt-failed": (draft, event) => {
    const { index, id } = stepNamed(draft.plan, event.step);
    const item = event.item ?? null;
    if (event.retryAt === undefined || event.timer === undefined) {
      addTask(draft, { do: "fail", step: index, item, round: cellAt(draft.run, index).round, error: event.error, way: "error" });
      return;
    }
    changeAttempts(draft, index, item, { timer: event.timer });
    sleep(draft, index, item, { error: event.error, retryAt: event.retryAt });
    open(draft, { type: "start-timer", id: event.timer, step: id, purpose: "retry", at: event.retryAt }, index, item);
  },
  "poll-scheduled": (draft, event) => {
    const { index, id } = stepNamed(draft.plan, event.step);
    const item = event.item ?? null;
    changeAttempts(draft, index, item, { timer: event.timer, polls: event.poll, tries: 0 });
    sleep(draft, index, item, { output: event.output, poll: { count: event.poll, max: event.max, nextAt: event.nextAt } });
    open(draft, { type: "start-timer", id: event.timer, step: id, purpose: "repeat", at: event.nextAt }, index, item);
  },
  "items-expanded": (draft, { step, items }, at) => {
    const { index } = stepNamed(draft.plan, step);
    const { state, round } = cellAt(draft.run, index);
    const counts = { total: items.length, running: 0, succeeded: 0, failed: 0, inDoubt: 0 };
    changeCell(draft, index, { state: { ...state, status: "running", startedAt: at, items: counts }, items: { list: items, cells: emptyVector, next: 0 } });
    addTask(draft, { do: items.length > 0 ? "expand" : "gather", step: index, round });
  },
  "item-succeeded": (draft, event) => itemDone(draft, event, { status: "succeeded", output: event.output, ...(event.error ? { error: event.error } : {}) }),
  "item-failed": (draft, event) => itemDone(draft, event, { status: "failed", error: event.error }),
  "ask-opened": (draft, event, at) => {
    const step = wait(draft, event, at, { status: "asking", ask: event.ask, ...(event.ask.until === undefined ? {} : { wakesAt: event.ask.until }) });
    open(draft, { type: "open-ask", id: event.effect, step: event.step, ask: event.ask }, step.index, null);
    openLimit(draft, step, event.timer, at);
  },
  "wait-started": (draft, event, at) => {
    const step = wait(draft, event, at, { status: "sleeping", ...(event.until === undefined ? {} : { wakesAt: event.until }) });
    const asked = { id: event.effect, step: event.step };
    const early = event.signal === undefined ? null : takeEarly(draft, event.signal);
    if (early) {
      addTask(draft, {
        do: "succeed",
        step: step.index,
        item: null,
        round: cellAt(draft.run, step.index).round,
        output: { signal: event.signal ?? "", data: early.data, at: isoOf(early.at) },
        way: "next",
      });
      return;
    }
    if (event.signal === undefined) open(draft, { type: "start-timer", ...asked, purpose: "wait", at: event.until ?? at }, step.index, null);
    else open(draft, { type: "await-signal", ...asked, signal: event.signal }, step.index, null);
    openLimit(draft, step, event.timer, at);
  },
  "step-succeeded": (draft, event, at) => {
    const step = stepNamed(draft.plan, event.step);
    const { output, way, explained, error, simulated } = event;
    const state = settle(draft, step.index, at, "succeeded");
    state.output = output;
    if (way !== null) state.way = way;
    if (explained !== undefined) state.explained = explained;
    if (error !== undefined) state.error = error;
    if (simulated) state.simulated = true;
    if (event.vars) setVars(draft, event.vars);
    reachEnd(draft, step, event.output);
    draft.run.active -= 1;
    leave(draft, step, way);
  },
  "step-failed": (draft, { step: id, error, way }, at) => {
    const step = stepNamed(draft.plan, id);
    const state = settle(draft, step.index, at, "failed");
    state.error = error;
    if (way !== null) state.way = way;
    draft.run.active -= 1;
    if (way === null) draft.run.ending = { how: "failed", error, step: id };
    else leave(draft, step, way);
  },
  "step-skipped": (draft, { step: id, because, way, error }, at) => {
    const step = stepNamed(draft.plan, id);
    const { state, cause } = cellAt(draft.run, step.index);
    if (error === undefined) {
      changeCell(draft, step.index, { state: { ...state, status: "skipped", endedAt: at, because } });
      leave(draft, step, null, cause);
      return;
    }
    const skipped = Object.assign(settle(draft, step.index, at, "skipped"), { because, error, output: null });
    if (way !== undefined) skipped.way = way;
    draft.run.active -= 1;
    leave(draft, step, way ?? null);
  },
  "step-in-doubt": (draft, { step, effect, item }) => {
    const { index } = stepNamed(draft.plan, step);
    const cell = cellAt(draft.run, index);
    const state: StepState = { ...cell.state, status: "in-doubt", effect };
    changeAwaited(draft, effect, { doubt: true });
    if (item === undefined || !state.items) changeCell(draft, index, { state });
    else
      changeItem(
        draft,
        index,
        item,
        { state: { ...itemCellAt(cell, item).state, status: "in-doubt", effect } },
        { state: { ...state, items: { ...state.items, inDoubt: state.items.inDoubt + 1 } } },
      );
  },
  "run-succeeded": (draft, { outcome, outputs }, at) => endRun(draft, at, { status: "succeeded", outcome, outputs, error: null }, null),
  "run-failed": (draft, { outcome, error, step }, at) => endRun(draft, at, { status: "failed", outcome, outputs: {}, error }, step),
  "run-cancelled": (draft, _event, at) => endRun(draft, at, { status: "cancelled", outcome: null, outputs: {}, error: null }, null),
  "run-paused": (draft) => {
    draft.run.status = "paused";
  },
  "run-resumed": (draft) => {
    draft.run.status = "running";
  },
};

function startAttempt(draft: Draft, { index }: PlanStep, { attempt, effect, input, case: ofCase }: DecisionOf<"attempt-started">, at: number, timer: string | null): void {
  const { state, attempts, top } = cellAt(draft.run, index);
  const { retryAt: _retryAt, ...rest } = state;
  changeCell(draft, index, {
    state: { ...rest, status: "running", attempts: attempt, startedAt: state.startedAt ?? at, input, effect },
    attempts: { ...attempts, number: attempt, tries: attempts.tries + 1, effect, timer, asked: { input, ...(ofCase === undefined ? {} : { case: ofCase }) } },
    top: Math.max(top, attempt),
  });
}

function sleep(draft: Draft, index: number, item: number | null, change: Partial<StepState>): void {
  const cell = cellAt(draft.run, index);
  if (item === null) {
    changeCell(draft, index, { state: { ...cell.state, status: "sleeping", ...change } });
    return;
  }
  const { output, error } = change;
  const { state } = itemCellAt(cell, item);
  changeItem(draft, index, item, { state: { ...state, status: "sleeping", ...(output === undefined ? {} : { output }), ...(error === undefined ? {} : { error }) } });
}

function wait(draft: Draft, { step: id, effect, timer }: DecisionOf<"ask-opened" | "wait-started">, at: number, change: Partial<StepState>): PlanStep {
  const step = stepNamed(draft.plan, id);
  const { state, attempts, top } = cellAt(draft.run, step.index);
  const number = attempts.number + 1;
  changeCell(draft, step.index, {
    state: { ...state, startedAt: at, attempts: number, effect, ...change },
    attempts: { ...attempts, number, effect, timer: timer ?? null },
    top: Math.max(top, number),
  });
  return step;
}

function openLimit(draft: Draft, step: PlanStep, timer: string | undefined, at: number): void {
  if (timer !== undefined) open(draft, { type: "start-timer", id: timer, step: step.id, purpose: "limit", at: at + (step.policy.limitMs ?? 0) }, step.index, null);
}

/** A failed end outweighs the others; else the last one reached counts. */
function reachEnd(draft: Draft, step: PlanStep, output: unknown): void {
  const { end } = step.policy;
  if (!end) return;
  const outcome = output !== null && typeof output === "object" && "outcome" in output ? String(output.outcome) : "";
  if (end.failed || end.terminate || !draft.run.verdict?.failed) draft.run.verdict = { step: step.index, outcome, failed: end.failed };
  if (end.terminate) draft.run.ending ??= { how: "concluded" };
}
