import { ActionError, type ActionErrorCode } from "@drawbridge/integration-kit";

/** The LDAP result codes that the actions tell apart (RFC 4511, appendix A). */
export const resultCodes = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  compareFalse: 5,
  compareTrue: 6,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  confidentialityRequired: 13,
  noSuchAttribute: 16,
  constraintViolation: 19,
  attributeOrValueExists: 20,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
} as const;

const meanings: { readonly [code: number]: { readonly code: ActionErrorCode; readonly retryable?: true; readonly says: string } } = {
  [resultCodes.operationsError]: { code: "authentication-failed", says: "The directory wants a successful bind first." },
  [resultCodes.timeLimitExceeded]: { code: "timed-out", retryable: true, says: "The directory gave up: its time limit was reached." },
  [resultCodes.adminLimitExceeded]: { code: "response-too-large", says: "The directory refused: its administrative limit was reached." },
  [resultCodes.strongerAuthRequired]: { code: "authentication-failed", says: "The directory wants an encrypted connection: use an ldaps:// address or StartTLS." },
  [resultCodes.confidentialityRequired]: { code: "authentication-failed", says: "The directory wants an encrypted connection: use an ldaps:// address or StartTLS." },
  [resultCodes.noSuchObject]: { code: "not-found", says: "The directory has no such entry." },
  [resultCodes.invalidDnSyntax]: { code: "invalid-input", says: "That is not a distinguished name." },
  [resultCodes.inappropriateAuthentication]: { code: "authentication-failed", says: "The directory does not accept this way of signing in." },
  [resultCodes.invalidCredentials]: { code: "authentication-failed", says: "The directory refused the bind DN or its password." },
  [resultCodes.insufficientAccessRights]: { code: "permission-denied", says: "The bind account may not do this." },
  [resultCodes.busy]: { code: "unavailable", retryable: true, says: "The directory is busy." },
  [resultCodes.unavailable]: { code: "unavailable", retryable: true, says: "The directory is not available." },
};

/** An LDAP result as an action's error. */
export function resultError(result: number, diagnostic = "", cause?: unknown): ActionError {
  const meaning = meanings[result];
  return new ActionError(meaning?.code ?? "rejected", meaning?.says ?? `The directory refused the request (LDAP result ${result}).`, {
    retryable: meaning?.retryable ?? false,
    details: { result, diagnostic: diagnostic.replace(/\0+$/, "").trim() },
    ...(cause === undefined ? {} : { cause }),
  });
}
