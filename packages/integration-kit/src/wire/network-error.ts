import { ActionError, type ActionErrorCode } from "../action-error.ts";

const known: Partial<Readonly<Record<string, { readonly code: ActionErrorCode; readonly retryable: boolean; readonly uncertain?: boolean; readonly says: string }>>> = {
  ECONNREFUSED: { code: "connection-refused", retryable: true, says: "refused the connection" },
  ECONNRESET: { code: "unavailable", retryable: true, uncertain: true, says: "closed the connection" },
  EPIPE: { code: "unavailable", retryable: true, uncertain: true, says: "closed the connection" },
  EHOSTUNREACH: { code: "unavailable", retryable: true, says: "cannot be reached" },
  ENETUNREACH: { code: "unavailable", retryable: true, says: "cannot be reached" },
  ENOTFOUND: { code: "unavailable", retryable: true, says: "has no address" },
  EAI_AGAIN: { code: "unavailable", retryable: true, says: "could not be resolved" },
  ETIMEDOUT: { code: "timed-out", retryable: true, uncertain: true, says: "did not answer in time" },
  ECONNABORTED: { code: "timed-out", retryable: true, uncertain: true, says: "did not answer in time" },
  ERR_FR_TOO_MANY_REDIRECTS: { code: "rejected", retryable: false, says: "redirects too often" },
  ERR_INVALID_URL: { code: "invalid-input", retryable: false, says: "is not a valid address" },
  ERR_INVALID_CHAR: { code: "invalid-input", retryable: false, says: "was to be sent a header with a character that is not allowed" },
};

const certificateCodes = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO)/;

/** What it means that a request had no answer. `host` is all of the address that is told. */
export function networkError(host: string, thrown: unknown): ActionError {
  const code = systemCode(thrown);
  const entry = code === null ? undefined : known[code];
  if (entry !== undefined)
    return new ActionError(entry.code, `${host} ${entry.says}.`, { retryable: entry.retryable, uncertain: entry.uncertain ?? false, details: { cause: code } });
  if (code !== null && certificateCodes.test(code))
    return new ActionError("unavailable", `The certificate or encryption of ${host} is not accepted.`, { details: { cause: code } });
  return new ActionError("unavailable", `The request to ${host} failed.`, {
    retryable: true,
    uncertain: true,
    details: { cause: code ?? (thrown instanceof Error ? thrown.name : null) },
  });
}

function systemCode(thrown: unknown): string | null {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code } = error as { code?: unknown };
    if (typeof code === "string" && (known[code] !== undefined || certificateCodes.test(code) || !(error.cause instanceof Error))) return code;
  }
  return null;
}
