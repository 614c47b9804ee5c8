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

export interface ActionErrorOptions {
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly details?: Json;
  readonly uncertain?: boolean;
  readonly cause?: unknown;
}

/** How an action fails. */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly code: ActionErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Json | undefined;
  /** Whether what was asked may have been done all the same: it was sent, and no clear answer came. */
  readonly uncertain: boolean;

  constructor(code: ActionErrorCode, message: string, options: ActionErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details;
    this.uncertain = options.uncertain ?? false;
  }
}
