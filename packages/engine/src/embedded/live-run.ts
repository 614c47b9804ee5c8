import type { CallActionEffect, Plan, Run, RunInput, RunScriptEffect, StartRunEffect } from "@drawbridge/interpreter";
import type { RunRow } from "../store/tables.ts";

/** Something for a run to take in at its next turn. Without `failed` it is given again until the store takes it. */
export interface InboxItem {
  readonly make: (at: number, run: Run | null) => RunInput;
  /** Throws an `EngineError` when the run, as it is by then, cannot take it. */
  readonly check?: (run: Run) => void;
  readonly done?: () => void;
  readonly failed?: (error: unknown) => void;
}

/** An effect that is carried out outside the run. */
export type OutsideEffect = CallActionEffect | RunScriptEffect | StartRunEffect;

/** An effect under way. */
export interface InFlight {
  readonly effect: OutsideEffect;
  readonly controller: AbortController;
  /** Whether the trace says that it was sent. */
  marked: boolean;
  /** Whether its result is here, so that nothing is left to stop. */
  settled: boolean;
  /** Leaves the queue for a place. */
  leave: (() => void) | null;
}

/** A run in memory: its committed state, and what it still has to take in. */
export interface LiveRun {
  readonly id: string;
  readonly plan: Plan;
  run: Run | null;
  row: RunRow;
  stored: boolean;
  inbox: InboxItem[];
  /** Whether it is in line for a turn. */
  queued: boolean;
  /** Whether a turn of it is on its way to the store. */
  committing: boolean;
  readonly inFlight: Map<string, InFlight>;
  /** Open asks and doubts: effect id to step. */
  readonly asks: Map<string, string>;
  readonly doubts: Map<string, string>;
  /** Where its last snapshot stands, and how large that is. */
  snapshot: { readonly seq: number; readonly bytes: number };
  /** The time of its last turn, epoch ms. */
  lastAt: number;
}

/** Whether only a person, a timer or a signal will wake it. */
export const isIdle = (live: LiveRun): boolean => live.inbox.length === 0 && !live.queued && !live.committing && live.inFlight.size === 0;
