import type { Json } from "@drawbridge/playbook";
import type { OpenAsk } from "./effect.ts";
import type { RunError } from "./run-error.ts";
import type { Trigger } from "./trace-event.ts";

export type RunStatus = "running" | "paused" | "succeeded" | "failed" | "cancelled";

/** `waiting`: not yet reached. `asking`, `sleeping` (wait, retry or poll pause) and `in-doubt` are running steps that wait for something outside. */
export type StepStatus = "waiting" | "running" | "asking" | "sleeping" | "in-doubt" | "succeeded" | "failed" | "skipped" | "cancelled";

/** What a run knows of one step. Times are epoch ms. */
export interface StepState {
  readonly status: StepStatus;
  readonly attempts: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly input?: Json;
  readonly output?: Json;
  readonly error?: RunError;
  /** Nothing was sent in this re-run: the output is the one that was recorded before. */
  readonly simulated?: boolean;
  /** The way out taken. */
  readonly way?: string;
  readonly explained?: Json;
  readonly because?: { readonly step: string; readonly way: string } | null;
  readonly ask?: OpenAsk;
  readonly effect?: string;
  readonly poll?: { readonly count: number; readonly max: number; readonly nextAt: number };
  readonly retryAt?: number;
  readonly wakesAt?: number;
  readonly items?: ItemsState;
  /** The runs that a call started; those of a for-each are with its items. */
  readonly children?: readonly string[];
}

/** Progress of a for-each; the items themselves are read with `itemsOf`. */
export interface ItemsState {
  readonly total: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  /** How many of the running ones are in doubt. */
  readonly inDoubt: number;
}

export interface ItemState {
  readonly status: "waiting" | "running" | "sleeping" | "in-doubt" | "succeeded" | "failed" | "cancelled";
  readonly attempts: number;
  readonly item: Json;
  /** The id of the effect that it waits for. */
  readonly effect?: string;
  /** The run that a call started for this item. */
  readonly child?: string;
  readonly output?: Json;
  readonly error?: RunError;
}

/** What every view of a run shares; the interpreter's own bookkeeping is beside it. Plain JSON. */
export interface RunFacts {
  readonly id: string;
  readonly playbook: { readonly id: string; readonly version: number };
  readonly status: RunStatus;
  readonly outcome: string | null;
  readonly seq: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly trigger: Trigger;
  readonly input: { readonly [key: string]: Json };
  readonly outputs: { readonly [key: string]: Json };
  readonly vars: { readonly [key: string]: Json };
  readonly case: Json;
  readonly error: RunError | null;
}
