export type { AskField, CallActionEffect, Effect, OpenAsk, OpenAskEffect, RunScriptEffect, StartRunEffect, StartTimerEffect } from "./effect.ts";
export { interpreterErrorCodes, type RunError } from "./run-error.ts";
export type { ItemsState, ItemState, RunFacts, RunStatus, StepState, StepStatus } from "./run.ts";
export type { RunDecision, RunInput, TraceEvent, Trigger } from "./trace-event.ts";
