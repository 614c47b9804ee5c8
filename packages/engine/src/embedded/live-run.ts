import type { CallActionEffect, Plan, Run, RunInput, RunScriptEffect, StartRunEffect } from "@drawbridge/interpreter";
import type { CallRecord } from "../store/call-record.ts";
import type { RunRow } from "../store/tables.ts";
import type { Turn } from "./turn.ts";

/** Something for a run to take in at its next turn. Without `failed` it is given again until the store takes it. */
export interface InboxItem {
  readonly make: (at: number, run: Run | null) => RunInput;
  /** Throws an `EngineError` when the run, as it is by then, cannot take it. */
  readonly check?: (run: Run) => void;
  readonly done?: () => void;
  readonly failed?: (error: unknown) => void;
  /** The effect whose result it is. */
  readonly answers?: string;
  readonly record?: CallRecord;
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
  /** The turn that still grows, and the one before it, which is on its way to the store. */
  gathering: Turn | null;
  committing: Pick<Turn, "run"> | null;
  readonly inFlight: Map<string, InFlight>;
  /** Open asks and doubts: effect id to step. */
  readonly asks: Map<string, string>;
  readonly doubts: Map<string, string>;
  /** Where its last snapshot stands, and how large that is. */
  snapshot: { readonly seq: number; readonly bytes: number };
  /** The time of what it took in last, epoch ms. */
  lastAt: number;
}

/** Whether only a person, a timer or a signal will wake it. */
export const isIdle = (live: LiveRun): boolean => live.inbox.length === 0 && !live.queued && !live.gathering && !live.committing && live.inFlight.size === 0;

/** A run that has taken nothing in yet. */
export function newLive(id: string, plan: Plan, row: RunRow): LiveRun {
  const snapshot = { seq: 0, bytes: 0 };
  return {
    id,
    plan,
    run: null,
    row,
    stored: false,
    inbox: [],
    queued: false,
    gathering: null,
    committing: null,
    inFlight: new Map(),
    asks: new Map(),
    doubts: new Map(),
    snapshot,
    lastAt: 0,
  };
}
