import type { Json } from "@drawbridge/playbook";

/** The closed list of codes with which an engine refuses a request. */
export const engineErrorCodes = [
  "unknown-playbook",
  "unknown-run",
  "unknown-step",
  "run-ended",
  "run-not-ended",
  "ask-closed",
  "invalid-answer",
  "not-in-doubt",
  "invalid-input",
  "call-too-deep",
  "queue-full",
  "store-unavailable",
  "stopped",
] as const;

export type EngineErrorCode = (typeof engineErrorCodes)[number];

/** How an engine refuses a request; nothing was stored. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;
  readonly details: Json | undefined;

  constructor(code: EngineErrorCode, message: string, options: { details?: Json; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }
}
