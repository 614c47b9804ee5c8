import { ActionError, type ActionErrorCode } from "../action-error.ts";
import type { HttpResponse } from "./http-transport.ts";

const codeOfStatus: Readonly<Record<number, ActionErrorCode>> = {
  401: "authentication-failed",
  403: "permission-denied",
  404: "not-found",
  408: "timed-out",
  409: "conflict",
  429: "rate-limited",
};

/** What an HTTP status other than success means; `vendorMessage` is the vendor's own words, if it has any. */
export function responseError(vendor: string, response: Pick<HttpResponse, "status" | "headers">, vendorMessage: string | null, now: number): ActionError {
  const { status } = response;
  const code = codeOfStatus[status] ?? (status >= 500 ? "unavailable" : "rejected");
  const retryAfterMs = retryAfter(response.headers["retry-after"], now);
  const said = vendorMessage === null ? "" : `: ${vendorMessage.slice(0, 500)}`;
  return new ActionError(code, `${vendor} answered ${status}${said}`, {
    retryable: code === "rate-limited" || code === "unavailable" || code === "timed-out",
    uncertain: status >= 500 && status !== 501 && status !== 503,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    details: { status },
  });
}

const longestRetryAfterMs = 3_600_000;

/** Reads `Retry-After`, in seconds or as a date; at most an hour. */
function retryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined || value.trim() === "") return null;
  const ms = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(Math.ceil(ms), 0), longestRetryAfterMs) : null;
}
