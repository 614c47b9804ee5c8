import type { CallActionEffect, Instead, Run, TraceEvent, Trigger } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";

type Named = { readonly [key: string]: Json };

export interface StartRequest {
  readonly playbook: string;
  /** Without it, the live version. */
  readonly version?: number;
  readonly input: Named;
  readonly trigger: Trigger;
  /** The id of the case that the run works on. */
  readonly case?: string;
  /** A second start with the same key answers with the first one's run. */
  readonly idempotencyKey?: string;
}

/** Told after the commit; large payloads are references, as in the stored trace. */
export type RunListener = (run: string, events: readonly TraceEvent[]) => void;

/** What carries out runs. Every promise resolves when what was asked for is durable, and rejects with an `EngineError`. */
export interface Engine {
  start(request: StartRequest): Promise<{ readonly run: string }>;
  /** `effect` is the ask's id. */
  answer(effect: string, answer: string, values: Named, by: string): Promise<void>;
  signal(run: string, signal: string, data: Json): Promise<void>;
  cancel(run: string, by: string, reason?: string): Promise<void>;
  pause(run: string, by: string): Promise<void>;
  resume(run: string, by: string): Promise<void>;
  decideDoubt(run: string, effect: string, decision: "retry" | "done" | "skip", output: Json | undefined, by: string): Promise<void>;
  /** `instead`: what becomes of steps that would happen again; without a word they do. */
  rerun(run: string, step: string, input: Named | undefined, by: string, instead?: { readonly [step: string]: Instead }): Promise<void>;
  /** A person changed the case: its open runs get the new snapshot. */
  caseChanged(caseId: string, snapshot: Json): Promise<void>;
  /** Entries after `fromSeq`, in order. */
  trace(run: string, fromSeq: number, limit: number): Promise<readonly TraceEvent[]>;
  /** The run's state, payloads resolved; null when there is no such run. */
  run(id: string): Promise<Run | null>;
  /** A payload of this run by its hash; undefined when it has none such. */
  payload(run: string, hash: string): Promise<Json | undefined>;
  /** What an attempt of this run told of itself; undefined when nothing was kept. */
  callRecord(run: string, effect: string): Promise<Json | undefined>;
  /** Resolves when the run has ended, at once if it has already. */
  ended(run: string): Promise<Run>;
  /** Returns how to stop listening. */
  subscribe(listener: RunListener): () => void;
  /** Continues every open run; call once, before anything else. */
  recover(): Promise<{ readonly open: number; readonly resumed: number }>;
  /** Takes no more work; with `drainMs`, waits so long for what is under way. */
  stop(options?: { readonly drainMs?: number }): Promise<void>;
}

export interface PlaybookSource {
  /** Without `version`, the live one; null when there is none. */
  load(id: string, version?: number): Promise<{ readonly playbook: Playbook; readonly version: number } | null>;
}

/** What an action call knows of where it comes from. */
export interface CallContext {
  readonly run: { readonly id: string; readonly playbook: string; readonly step: string };
  readonly caseId: string | null;
  readonly signal: AbortSignal;
  /** Whether a record is kept however the call ends, or only when it fails. */
  readonly recorded: "always" | "when-failed";
  /** Hands over what the call tells of itself, bounded and without secrets; stored with its result, apart from the trace. The last one counts. */
  record(record: Json): void;
}

export interface ActionCaller {
  /** Null when there is no such action. */
  facts(action: string): { readonly effect: "reads" | "changes"; readonly repeatable: boolean } | null;
  /** Throws what has the shape of an `ActionError`. `case` is the case's new snapshot when the action changed it. */
  call(effect: CallActionEffect, context: CallContext): Promise<{ readonly output: Json; readonly case?: Json }>;
}

export interface ScriptRunner {
  /** Runs the body of a function of `input`; throws a `ScriptError`. */
  run(source: string, input: Named, options: { readonly timeoutMs?: number; readonly signal: AbortSignal }): Promise<Json>;
  close(): Promise<void>;
}

export interface Clock {
  /** Epoch ms. */
  now(): number;
}

/** Hears of work as it happens, for measuring: `effect` is an attempt's id. Must not throw. */
export interface EngineObserver {
  /** The call waits for a place. */
  callQueued?(effect: string, action: string): void;
  callStarted?(effect: string, action: string): void;
  callEnded?(effect: string, action: string, outcome: "succeeded" | "failed"): void;
  /** Nobody waits for the queued call any more. */
  callDropped?(effect: string): void;
  /** So many turns are durable, after `ms`. */
  committed?(turns: number, ms: number): void;
  /** The run's end is durable, as its entry `seq`; only the process that committed it hears of it. */
  runEnded?(run: string, seq: number): void;
}

/** What an engine is given. */
export interface EngineHost {
  readonly playbooks: PlaybookSource;
  readonly actions: ActionCaller;
  readonly scripts: ScriptRunner;
  readonly clock: Clock;
  /** The snapshot that expressions read as `case`; it carries the case's `id`. */
  caseSnapshot(caseId: string): Promise<Json>;
  /** How many calls of the playbook's runs may be under way at once; null: as many as the engine allows. */
  callsOf?(playbook: string): number | null;
  readonly observe?: EngineObserver;
  /** Hears of what no caller waits for: a failed commit, a listener that throws. */
  onProblem?(problem: { readonly code: string; readonly message: string; readonly run?: string }): void;
}
