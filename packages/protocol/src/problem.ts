import * as z from "zod";

/** An error answer: RFC 9457 problem details with a stable `code`, and JSON pointers where the input is at fault. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  pointer: z.string().optional(),
  problems: z.array(z.object({ code: z.string(), message: z.string(), pointer: z.string() })).optional(),
});
export type Problem = z.output<typeof problem>;

/** The closed list of codes with which the server answers. */
export const problemCodes = [
  "invalid-request",
  "invalid-json",
  "body-too-large",
  "not-signed-in",
  "wrong-sign-in",
  "too-many-attempts",
  "csrf-refused",
  "permission-denied",
  "not-found",
  "method-not-allowed",
  "already-exists",
  "stale-version",
  "published-meanwhile",
  "version-required",
  "invalid-document",
  "unknown-schema-version",
  "unknown-step-kind",
  "too-large",
  "has-errors",
  "not-published",
  "ask-closed",
  "invalid-answer",
  "run-ended",
  "run-deleted",
  "not-in-doubt",
  "case-closed",
  "in-use",
  "action-failed",
  "changes-unconfirmed",
  "bad-signature",
  "invalid-input",
  "rate-limited",
  "queue-full",
  "store-unavailable",
  "shutting-down",
  "not-available",
  "internal-error",
] as const;
export type ProblemCode = (typeof problemCodes)[number];
