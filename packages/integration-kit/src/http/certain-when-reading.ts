import { ActionError } from "../action-error.ts";
import type { HttpRequest } from "./http-transport.ts";

/** A request that only reads leaves no doubt behind, however it failed. */
export function certainWhenReading(error: ActionError, { method, reads }: Pick<HttpRequest, "method" | "reads">): ActionError {
  if (!error.uncertain || !(reads ?? (method === "GET" || method === "HEAD"))) return error;
  return withCertainty(error, { uncertain: false, retryable: error.retryable });
}

/** The same error, told otherwise. */
export function withCertainty(error: ActionError, change: { readonly uncertain: boolean; readonly retryable: boolean }): ActionError {
  return new ActionError(error.code, error.message, {
    ...change,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.details === undefined ? {} : { details: error.details }),
    cause: error.cause,
  });
}
