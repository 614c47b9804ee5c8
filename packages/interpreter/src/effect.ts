import type { Json } from "@drawbridge/playbook";

/** What the interpreter asks the outside world to do. The id, `<run>/<step>/<attempt>` and more, is the idempotency key. Times are epoch ms. */
export type Effect =
  | CallActionEffect
  | RunScriptEffect
  | StartTimerEffect
  | OpenAskEffect
  | StartRunEffect
  | { readonly type: "await-signal"; readonly id: string; readonly step: string; readonly signal: string }
  | CancelEffect;

/** `target` is the effect, or the run, that nobody waits for any more. */
export type CancelEffect = { readonly type: "cancel-effect" | "cancel-run"; readonly id: string; readonly target: string };

export interface CallActionEffect {
  readonly type: "call-action";
  readonly id: string;
  readonly step: string;
  readonly attempt: number;
  readonly item?: number;
  readonly action: string;
  readonly connection?: string;
  readonly input: { readonly [key: string]: Json };
  readonly timeoutMs?: number;
}

export interface RunScriptEffect {
  readonly type: "run-script";
  readonly id: string;
  readonly step: string;
  readonly attempt: number;
  readonly source: string;
  readonly input: { readonly [key: string]: Json };
  readonly timeoutMs?: number;
}

/** `purpose` says what fires: a retry, a poll, a wait, a step's time-out or an ask's limit. */
export interface StartTimerEffect {
  readonly type: "start-timer";
  readonly id: string;
  readonly step: string;
  readonly purpose: "retry" | "repeat" | "wait" | "timeout" | "limit";
  readonly at: number;
}

export interface OpenAskEffect {
  readonly type: "open-ask";
  readonly id: string;
  readonly step: string;
  readonly ask: OpenAsk;
}

/** An ask with its templates resolved. */
export interface OpenAsk {
  readonly title: string;
  readonly prompt: string;
  readonly to: { readonly people?: readonly string[]; readonly roles?: readonly string[]; readonly caseOwner?: boolean; readonly caseMembers?: boolean };
  readonly context: { readonly [key: string]: Json };
  readonly fields: readonly AskField[];
  readonly branches: readonly { readonly label: string; readonly tone: "positive" | "negative" | "neutral"; readonly effect?: string }[];
  /** Epoch ms after which the ask closes itself. */
  readonly until?: number;
}

export interface AskField {
  readonly key: string;
  readonly label: string;
  readonly type: "text" | "long-text" | "number" | "boolean" | "date" | "choice" | "choices";
  readonly options?: readonly string[];
  readonly required?: boolean;
  readonly help?: string;
}

export interface StartRunEffect {
  readonly type: "start-run";
  readonly id: string;
  readonly step: string;
  readonly item?: number;
  readonly playbook: string;
  readonly input: { readonly [key: string]: Json };
  /** Null: the child works on no case. */
  readonly case: string | null;
  readonly detached: boolean;
}
