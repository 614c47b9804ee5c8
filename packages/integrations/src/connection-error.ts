import { ActionError } from "@drawbridge/integration-kit";

const refusedCodes = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN", "EACCES", "EDNS"]);
const certificateCodes = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ETLS$|EPROTO$)/;

/** What went wrong below the protocol, as an action's error. */
export function connectionError(error: unknown, where: string): ActionError {
  if (error instanceof ActionError) return error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const details = { where, ...(code === "" ? {} : { code }) };
  if (refusedCodes.has(code)) return new ActionError("connection-refused", `${where} cannot be reached.`, { retryable: true, details, cause: error });
  if (code === "ETIMEDOUT") return new ActionError("timed-out", `${where} did not answer in time.`, { retryable: true, details, cause: error });
  if (certificateCodes.test(code))
    return new ActionError("connection-refused", `No trusted encrypted connection to ${where}: check its certificate and the connection's TLS settings.`, {
      details,
      cause: error,
    });
  return new ActionError("unavailable", `The connection to ${where} was lost.`, { retryable: true, details, cause: error });
}
