import type { Json } from "./json.ts";

/** The closed list of codes with which an action fails. */
export const actionErrorCodes = [
  "invalid-input",
  "invalid-output",
  "unknown-action",
  "unknown-connection",
  "not-configured",
  "authentication-failed",
  "permission-denied",
  "not-found",
  "ambiguous",
  "conflict",
  "rejected",
  "rate-limited",
  "unavailable",
  "timed-out",
  "cancelled",
  "connection-refused",
  "egress-refused",
  "response-too-large",
  "output-too-large",
  "invalid-response",
  "partly-delivered",
  "unexpected",
] as const;

export type ActionErrorCode = (typeof actionErrorCodes)[number];

/** How an action fails. */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly code: ActionErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Json | undefined;

  constructor(code: ActionErrorCode, message: string, options: { retryable?: boolean; retryAfterMs?: number; details?: Json; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details;
  }
}
