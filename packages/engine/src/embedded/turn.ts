import { advance, type CallActionEffect, type Effect, type Run, type RunInput, type StartTimerEffect, type TraceEvent } from "@drawbridge/interpreter";
import { packBurst } from "../store/burst.ts";
import type { AskRow, DoubtRow, RunRow } from "../store/tables.ts";
import type { InboxItem, LiveRun, OutsideEffect } from "./live-run.ts";
import type { RunWrite } from "./run-store.ts";
import type { Place } from "./slots.ts";

/** What a run did with its inbox since the turn before, not yet committed. It grows until it is on its way to the store. */
export interface Turn {
  readonly live: LiveRun;
  /** When it took something in last, epoch ms. */
  at: number;
  run: Run | null;
  readonly taken: InboxItem[];
  readonly events: TraceEvent[];
  readonly effects: Effect[];
  /** Calls whose sent mark is part of this turn, with the place that each holds. */
  readonly marked: Map<string, Place>;
  /** Effects that were begun before the commit. */
  readonly early: Set<string>;
  readonly timersFired: string[];
  readonly answered: string[];
}

/** Takes a place for a call that must be marked before it is sent; null when it needs no mark or none is free. */
export type ClaimPlace = (live: LiveRun, effect: CallActionEffect) => Place | null;

/** How much of its inbox a run takes in at one turn; for the rest it lines up again, behind the others. */
export const mostAtOnce = 250;

/** A turn that goes on from the run's newest state, be that committed or on its way. */
export const newTurn = (live: LiveRun): Turn => ({
  live,
  at: 0,
  run: live.committing ? live.committing.run : live.run,
  taken: [],
  events: [],
  effects: [],
  marked: new Map(),
  early: new Set(),
  timersFired: [],
  answered: [],
});

export const isFull = (turn: Turn): boolean => turn.taken.length >= mostAtOnce;

/** Feeds the inbox to `advance`, and tells which effects that gave. A changing call that can go out at once gets its sent mark in the same burst, so that one commit journals both. When it throws, the turn is as before. */
export function takeIn(turn: Turn, now: number, claim: ClaimPlace, unclaim: (place: Place) => void): readonly Effect[] {
  const { live } = turn;
  const inbox = live.inbox;
  live.inbox = inbox.length > mostAtOnce ? inbox.splice(mostAtOnce) : [];
  const before = {
    run: turn.run,
    taken: turn.taken.length,
    events: turn.events.length,
    effects: turn.effects.length,
    timers: turn.timersFired.length,
    answered: turn.answered.length,
  };
  const claimed: string[] = [];

  const take = (input: RunInput): void => {
    const [after, asked, trace] = advance(live.plan, turn.run, input);
    turn.run = after;
    for (const event of trace) turn.events.push(event);
    for (const effect of asked) {
      turn.effects.push(effect);
      if (effect.type !== "call-action") continue;
      const place = claim(live, effect);
      if (place === null) continue;
      turn.marked.set(effect.id, place);
      claimed.push(effect.id);
      take({ type: "effect-sent", at: input.at, effect: effect.id });
    }
  };

  try {
    for (const item of inbox) {
      try {
        if (turn.run && item.check) item.check(turn.run);
        const input = item.make(now, turn.run);
        if (input.type === "timer-fired") turn.timersFired.push(input.effect);
        if ("effect" in input && isAnswer(live, input)) turn.answered.push(input.effect);
        take(input);
        turn.taken.push(item);
      } catch (error) {
        if (!item.failed) throw error;
        item.failed(error);
      }
    }
  } catch (error) {
    turn.run = before.run;
    turn.taken.length = before.taken;
    turn.events.length = before.events;
    turn.effects.length = before.effects;
    turn.timersFired.length = before.timers;
    turn.answered.length = before.answered;
    for (const id of claimed) {
      const place = turn.marked.get(id);
      if (turn.marked.delete(id) && place) unclaim(place);
    }
    for (const item of inbox) item.failed?.(error);
    throw error;
  }
  turn.at = now;
  live.lastAt = now;
  return turn.effects.slice(before.effects);
}

/** A turn that takes nothing in any more: the effects under way that it closes, and what it writes. */
export interface ClosedTurn extends Readonly<Turn> {
  readonly closed: readonly string[];
  readonly write: RunWrite | null;
}

/** To be called when the turn before it is settled. */
export function closeTurn(turn: Turn): ClosedTurn {
  const { live, run, events, effects, answered, timersFired } = turn;
  const opened = effects.filter((effect): effect is OutsideEffect => effect.type === "call-action" || effect.type === "run-script" || effect.type === "start-run");
  const closed = closedBy(live, events, effects, opened, answered);
  const unbegun = opened.reduce((count, { id }) => count + (live.inFlight.has(id) ? 0 : 1), 0);
  return Object.assign(turn, { closed, write: run && writeOf(live, turn.taken, run, events, effects, unbegun, closed, timersFired) });
}

/** A turn that takes in the whole inbox and no more. */
export function takeTurn(live: LiveRun, now: number, claim: ClaimPlace): ClosedTurn {
  const turn = newTurn(live);
  takeIn(turn, now, claim, () => undefined);
  return closeTurn(turn);
}

/** A result that is here, and a called run that is made: nothing of this effect is under way any more, whatever the run makes of it. */
function isAnswer(live: LiveRun, input: RunInput & { readonly effect: string }): boolean {
  const entry = live.inFlight.get(input.effect);
  return entry !== undefined && (entry.settled || input.type === "child-started");
}

const iso = (at: number): string => new Date(at).toISOString();

function writeOf(
  live: LiveRun,
  taken: readonly InboxItem[],
  run: Run,
  events: readonly TraceEvent[],
  effects: readonly Effect[],
  opened: number,
  closed: readonly string[],
  timersFired: readonly string[],
): RunWrite | null {
  if (events.length === 0 && timersFired.length === 0) return null;
  const row = rowOf(live, run, events, live.inFlight.size + opened - closed.length);
  return {
    row,
    isNew: !live.stored,
    burst: events.length > 0 ? packBurst(events) : null,
    records: taken.flatMap(({ record }) => (record ? [record] : [])),
    ...asksOf(live, row, events),
    ...doubtsOf(live, events),
    timersSet: effects.flatMap((effect) => (effect.type === "start-timer" && isKept(effect, effects) ? [{ id: effect.id, run: live.id, at: effect.at }] : [])),
    timersCleared: [...timersFired, ...effects.flatMap((effect) => (effect.type === "cancel-effect" ? [effect.target] : []))],
  };
}

/** The time-out of an action or script is derived from the trace of its run, which is folded at start; a caller that waits for the run that it called is not. */
function isKept(timer: StartTimerEffect, effects: readonly Effect[]): boolean {
  return timer.purpose !== "timeout" || effects.some((effect) => effect.type === "start-run" && timer.id === `${effect.id}/timeout`);
}

function rowOf(live: LiveRun, run: Run, events: readonly TraceEvent[], inFlight: number): RunRow {
  const failure = events.findLast((event) => event.type === "run-failed");
  const ended = run.endedAt !== null;
  return {
    ...live.row,
    status: run.status,
    outcome: run.outcome,
    case_id: caseIdOf(run) ?? live.row.case_id,
    started_at: iso(run.startedAt),
    ended_at: run.endedAt === null ? null : iso(run.endedAt),
    last_seq: run.seq,
    in_flight: ended ? 0 : inFlight,
    error_code: run.error?.code ?? null,
    failed_step: failure?.type === "run-failed" ? failure.step : run.error ? live.row.failed_step : null,
  };
}

/** The id of the case that the run works on now. */
export function caseIdOf(run: Run): string | null {
  const snapshot = run.case;
  if (typeof snapshot !== "object" || snapshot === null || !("id" in snapshot)) return null;
  return typeof snapshot.id === "string" ? snapshot.id : null;
}

/** The effects, under way before or just opened, that have their result or that nobody waits for any more. */
function closedBy(live: LiveRun, events: readonly TraceEvent[], effects: readonly Effect[], opened: readonly OutsideEffect[], answered: readonly string[]): string[] {
  if (live.inFlight.size + opened.length === 0) return [];
  const known = (id: string): OutsideEffect | undefined => live.inFlight.get(id)?.effect ?? opened.find((effect) => effect.id === id);
  const closed = new Set(answered);
  for (const event of events) {
    if (event.type === "effect-succeeded" || event.type === "effect-failed" || event.type === "child-ended") {
      if (known(event.effect)) closed.add(event.effect);
    } else if (event.type === "child-started" && known(event.effect)) closed.add(event.effect);
  }
  for (const effect of effects) if (effect.type === "cancel-effect" && known(effect.target)) closed.add(effect.target);
  if (events.some(endsRun)) for (const id of live.inFlight.keys()) closed.add(id);
  return [...closed];
}

const endsRun = (event: TraceEvent): boolean => event.type === "run-succeeded" || event.type === "run-failed" || event.type === "run-cancelled";

function asksOf(live: LiveRun, row: RunRow, events: readonly TraceEvent[]): Pick<RunWrite, "asksOpened" | "asksClosed"> {
  const asksOpened: AskRow[] = [];
  const asksClosed: RunWrite["asksClosed"][number][] = [];
  const open = new Map(live.asks);
  const close = (id: string, state: AskRow["state"], at: number, answer: string | null, by: string | null): void => {
    if (open.delete(id)) asksClosed.push({ id, state, answer, answered_by: by, closed_at: iso(at) });
  };
  for (const event of events) {
    if (event.type === "ask-opened") {
      const until = event.ask.until === undefined ? null : iso(event.ask.until);
      open.set(event.effect, event.step);
      asksOpened.push({
        id: event.effect,
        run_id: live.id,
        step: event.step,
        case_id: row.case_id,
        ask: JSON.stringify(event.ask),
        opened_at: iso(event.at),
        until,
        state: "open",
        answer: null,
        answered_by: null,
        closed_at: null,
      });
    } else if (open.size > 0) {
      if (event.type === "ask-answered") close(event.effect, "answered", event.at, event.answer, event.by);
      else if (event.type === "step-failed" || event.type === "step-succeeded") for (const [id, step] of open) if (step === event.step) close(id, "expired", event.at, null, null);
      if (endsRun(event)) for (const id of open.keys()) close(id, "cancelled", event.at, null, null);
    }
  }
  return { asksOpened, asksClosed };
}

function doubtsOf(live: LiveRun, events: readonly TraceEvent[]): Pick<RunWrite, "doubtsOpened" | "doubtsClosed"> {
  const doubtsOpened: DoubtRow[] = [];
  const doubtsClosed: RunWrite["doubtsClosed"][number][] = [];
  const open = new Set(live.doubts.keys());
  for (const event of events) {
    if (event.type === "step-in-doubt") {
      open.add(event.effect);
      doubtsOpened.push({ id: event.effect, run_id: live.id, step: event.step, raised_at: iso(event.at), state: "open", decided_by: null, closed_at: null });
    } else if ((event.type === "doubt-decided" || event.type === "effect-succeeded" || event.type === "effect-failed") && open.delete(event.effect)) {
      doubtsClosed.push({ id: event.effect, state: "decided", decided_by: event.type === "doubt-decided" ? event.by : null, closed_at: iso(event.at) });
    } else if (open.size > 0 && endsRun(event)) {
      for (const id of open) doubtsClosed.push({ id, state: "cancelled", decided_by: null, closed_at: iso(event.at) });
      open.clear();
    }
  }
  return { doubtsOpened, doubtsClosed };
}
