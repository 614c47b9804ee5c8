import type { Json } from "@drawbridge/playbook";
import type { CancelEffect, Effect } from "./effect.ts";
import type { Keyed } from "./persistent/keyed.ts";
import type { Queue } from "./persistent/queue.ts";
import type { Vector } from "./persistent/vector.ts";
import type { ItemState, RunFacts, StepState } from "./run.ts";
import type { RunError } from "./run-error.ts";

/** A run as `advance` takes and gives it: what every view reads, and the interpreter's bookkeeping. Plain JSON, never changed in place. */
export type Run = RunFacts & RunBookkeeping;

/** Changes whenever what a `Run` holds, or how a trace folds to it, does: a state kept under another number is folded anew. */
export const runFormat = 3;

interface RunBookkeeping {
  /** One cell for each step that something has happened to, by the step's index in the plan. */
  readonly cells: Vector<Cell>;
  /** Steps that are due or under way; the run ends when it is 0. */
  readonly active: number;
  /** What is decided even in a paused run: results, failures, steps ruled out. */
  readonly settling: Queue<Task>;
  /** What starts something, and so waits while the run is paused. */
  readonly ready: Queue<Task>;
  readonly awaited: Keyed<Awaited>;
  /** The ids of the effects that wait for a signal, by its name. */
  readonly signals: Keyed<readonly string[]>;
  /** Signals that came before anything waited for them, by name, oldest first; each is for one wait. */
  readonly early: Keyed<readonly EarlySignal[]>;
  readonly earlyCount: number;
  /** How many effects were opened so far. */
  readonly opened: number;
  /** What the end steps reached so far make of the run. */
  readonly verdict: Verdict | null;
  /** Set when the run must end now, whatever else is under way. */
  readonly ending: Ending | null;
  /** The steps whose work the run's end cut short. */
  readonly cut: readonly number[];
}

export interface EarlySignal {
  readonly at: number;
  readonly data: Json;
}

export interface Verdict {
  readonly step: number;
  readonly outcome: string;
  readonly failed: boolean;
}

export type Ending =
  | { readonly how: "concluded" }
  | { readonly how: "failed"; readonly error: RunError; readonly step: string }
  | { readonly how: "cancelled"; readonly by: string; readonly reason?: string };

/** An effect that has no result yet. */
export interface Awaited {
  readonly effect: AwaitedEffect;
  readonly step: number;
  readonly item: number | null;
  readonly order: number;
  readonly sent: boolean;
  readonly doubt: boolean;
  readonly child: string | null;
}

export type AwaitedEffect = Exclude<Effect, CancelEffect>;

/** What the interpreter knows of one step. */
export interface Cell {
  readonly state: StepState;
  /** Grows with each re-run, so that tasks of an earlier round are known as stale. */
  readonly round: number;
  /** It is due, or has been: what arrives now changes nothing. */
  readonly entered: boolean;
  /** Ways in that arrived, and that can no longer arrive. */
  readonly arrived: number;
  readonly gone: number;
  readonly cause: Cause | null;
  /** The last effect number of earlier rounds, and of all. */
  readonly base: number;
  readonly top: number;
  readonly attempts: Attempts;
  readonly items: Items | null;
  /** A person's input for the attempts of this round, merged over what the playbook says. */
  readonly override: { readonly [key: string]: Json } | null;
  /** What becomes of the step in this round instead of its work. */
  readonly standIn: StandIn | null;
}

export type StandIn = { readonly how: "simulate"; readonly output: Json; readonly way: string | null } | { readonly how: "skip" };

/** The way out that can no longer be taken. */
export interface Cause {
  readonly step: number;
  readonly way: number;
}

/** The attempts of a step, or of one item. `number` is the last one's, in all; `tries` counts since the last poll. */
export interface Attempts {
  readonly number: number;
  readonly tries: number;
  readonly polls: number;
  readonly effect: string | null;
  readonly timer: string | null;
  /** What the attempts are made with, once the first one is. */
  readonly asked: Asked | null;
}

export interface Asked {
  readonly input: { readonly [key: string]: Json };
  readonly case?: string | null;
}

export interface Items {
  readonly list: readonly Json[];
  readonly cells: Vector<ItemCell>;
  /** The first item that has not started. */
  readonly next: number;
}

export interface ItemCell {
  readonly state: Omit<ItemState, "item">;
  readonly attempts: Attempts;
}

/** What is to be decided next; each decision in the trace takes one. */
export type Task =
  | ({ readonly do: "enter" | "skip" | "expand" | "gather" } & OfStep)
  | ({ readonly do: "attempt" | "doubt" | "skip-doubt" } & OfAttempts)
  | ({ readonly do: "succeed"; readonly output: Json; readonly way: string } & OfAttempts)
  | ({ readonly do: "retry"; readonly error: RunError; readonly retryAfterMs: number } & OfAttempts)
  | ({ readonly do: "fail"; readonly error: RunError; readonly way: "error" | "limit" } & OfAttempts)
  | { readonly do: "pause" }
  | { readonly do: "resume" };

interface OfStep {
  readonly step: number;
  readonly round: number;
}

interface OfAttempts extends OfStep {
  readonly item: number | null;
}

export type TaskOf<Do extends Task["do"]> = Extract<Task, { readonly do: Do }>;
