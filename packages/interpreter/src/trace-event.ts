import type { Json } from "@drawbridge/playbook";
import type { OpenAsk } from "./effect.ts";
import type { RunError } from "./run-error.ts";

/** What may happen to a run from outside: what `advance` takes. `at` is epoch ms. */
export type RunInput =
  | {
      readonly type: "run-started";
      readonly at: number;
      readonly run: string;
      readonly playbook: { readonly id: string; readonly version: number };
      readonly input: { readonly [key: string]: Json };
      readonly trigger: Trigger;
      readonly case: Json;
    }
  | { readonly type: "effect-sent"; readonly at: number; readonly effect: string }
  | { readonly type: "effect-succeeded"; readonly at: number; readonly effect: string; readonly output: Json; readonly case?: Json }
  | { readonly type: "effect-failed"; readonly at: number; readonly effect: string; readonly error: RunError; readonly retryAfterMs?: number }
  | { readonly type: "timer-fired"; readonly at: number; readonly effect: string }
  | { readonly type: "ask-answered"; readonly at: number; readonly effect: string; readonly answer: string; readonly values: { readonly [key: string]: Json }; readonly by: string }
  | { readonly type: "signal-received"; readonly at: number; readonly signal: string; readonly data: Json }
  | { readonly type: "child-started"; readonly at: number; readonly effect: string; readonly run: string }
  | {
      readonly type: "child-ended";
      readonly at: number;
      readonly effect: string;
      readonly run: string;
      readonly status: "succeeded" | "failed" | "cancelled";
      readonly outputs: { readonly [key: string]: Json };
      readonly error?: RunError;
    }
  | { readonly type: "case-changed"; readonly at: number; readonly case: Json }
  | { readonly type: "cancel-requested"; readonly at: number; readonly by: string; readonly reason?: string }
  | { readonly type: "pause-requested"; readonly at: number; readonly by: string }
  | { readonly type: "resume-requested"; readonly at: number; readonly by: string }
  /** `error` is what became of the attempt, as far as anyone knows; without it the process ended. */
  | { readonly type: "doubt-raised"; readonly at: number; readonly effect: string; readonly error?: RunError }
  | { readonly type: "doubt-decided"; readonly at: number; readonly effect: string; readonly decision: "retry" | "done" | "skip"; readonly output?: Json; readonly by: string }
  /** `instead`: what becomes of steps that would happen again, by id; without a word they do. */
  | {
      readonly type: "rerun-requested";
      readonly at: number;
      readonly step: string;
      readonly input?: { readonly [key: string]: Json };
      readonly instead?: { readonly [step: string]: Instead };
      readonly by: string;
    };

/** `simulate`: the step sends nothing and has the output that it had before; `skip`: it sends nothing, and the run goes on without its output. */
export type Instead = "simulate" | "skip";

/** Why a run began. */
export interface Trigger {
  readonly kind: "manual" | "alert" | "webhook" | "schedule" | "call" | "case" | "war-room" | "dry-run";
  readonly by?: string;
  readonly source?: string;
  /** For `call`: the caller's run and step. */
  readonly parent?: { readonly run: string; readonly step: string };
}

/** What `advance` decided. Each is one entry of the trace beside the inputs, and the run's state is the fold of both. */
export type RunDecision =
  /** The attempt is asked for; `effect` is its id, `input` what it is called with; `case`, of a call, is the case that the child works on. */
  | {
      readonly type: "attempt-started";
      readonly step: string;
      readonly attempt: number;
      readonly effect: string;
      readonly item?: number;
      readonly input: { readonly [key: string]: Json };
      readonly case?: string | null;
    }
  | {
      readonly type: "attempt-failed";
      readonly step: string;
      readonly attempt: number;
      readonly effect: string;
      readonly item?: number;
      readonly error: RunError;
      readonly retryAt?: number;
      readonly timer?: string;
    }
  | {
      readonly type: "poll-scheduled";
      readonly step: string;
      readonly item?: number;
      readonly poll: number;
      readonly max: number;
      readonly nextAt: number;
      readonly timer: string;
      readonly output: Json;
    }
  | { readonly type: "items-expanded"; readonly step: string; readonly items: readonly Json[] }
  /** `error` is there when a person skipped the item in doubt. */
  | { readonly type: "item-succeeded"; readonly step: string; readonly item: number; readonly output: Json; readonly error?: RunError }
  | { readonly type: "item-failed"; readonly step: string; readonly item: number; readonly error: RunError }
  | { readonly type: "ask-opened"; readonly step: string; readonly effect: string; readonly ask: OpenAsk; readonly timer?: string }
  | { readonly type: "wait-started"; readonly step: string; readonly effect: string; readonly until?: number; readonly signal?: string; readonly timer?: string }
  /** `way` is the id of the way out taken (see `waysOf`); `explained` says why, for conditions; `error` names the items that failed in a for-each that continues. */
  | {
      readonly type: "step-succeeded";
      readonly step: string;
      readonly output: Json;
      readonly way: string | null;
      readonly explained?: Json;
      readonly vars?: { readonly [key: string]: Json };
      readonly error?: RunError;
      /** Nothing was sent: the output is the one that was recorded before the re-run. */
      readonly simulated?: true;
    }
  /** `way` is `error` or `limit` when the playbook handles the failure, else null. */
  | { readonly type: "step-failed"; readonly step: string; readonly error: RunError; readonly way: string | null }
  /** `because` is the step (and its way) that ruled this one out. A step skipped in doubt has none: its `error` says so, and the run goes on by `way`. */
  | {
      readonly type: "step-skipped";
      readonly step: string;
      readonly because: { readonly step: string; readonly way: string } | null;
      readonly way?: string;
      readonly error?: RunError;
    }
  | { readonly type: "step-in-doubt"; readonly step: string; readonly effect: string; readonly item?: number }
  | { readonly type: "run-succeeded"; readonly outcome: string | null; readonly outputs: { readonly [key: string]: Json } }
  | { readonly type: "run-failed"; readonly outcome: string | null; readonly error: RunError; readonly step: string | null }
  | { readonly type: "run-cancelled"; readonly by: string; readonly reason?: string }
  | { readonly type: "run-paused" }
  | { readonly type: "run-resumed" };

type Numbered<Event> = Event extends unknown ? { readonly seq: number; readonly at: number } & Event : never;

/** One entry of a run's trace: `seq` counts from 1 without gaps, `at` is epoch ms. Plain JSON. */
export type TraceEvent = Numbered<RunInput | RunDecision>;
