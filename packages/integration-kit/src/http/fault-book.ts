import { ActionError, type ActionErrorCode } from "../action-error.ts";
import type { Fault } from "../integration.ts";

/** The faults that a simulator still has to play. */
export interface FaultBook {
  readonly add: (fault: Fault) => void;
  /** The fault to play for a request to one of these operations, if one waits; takes it off the book. */
  readonly take: (operations: readonly string[]) => Fault | null;
}

export function createFaultBook(): FaultBook {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times }),
    take: (operations) => {
      const found = waiting.find(({ fault, left }) => left > 0 && (fault.operation === "*" || operations.includes(fault.operation)));
      if (found === undefined) return null;
      found.left -= 1;
      return found.fault;
    },
  };
}

const statusOfCode: Partial<Readonly<Record<string, number>>> = {
  "authentication-failed": 401,
  "permission-denied": 403,
  "not-found": 404,
  conflict: 409,
  rejected: 400,
  "rate-limited": 429,
  unavailable: 503,
};

/** Codes with which there is no answer at all; over a socket, `serveHttpSimulator` leaves the request hanging or cuts the line. */
const unanswered: readonly ActionErrorCode[] = ["timed-out", "connection-refused"];

/** Plays a fault: the vendor's failed answer, or an `ActionError` for no answer. Without status and code it is 503. */
export function faultResponse(fault: Fault, bodyOf: (status: number) => unknown): Response {
  const silent = unanswered.find((code) => code === fault.code);
  if (silent !== undefined && fault.status === undefined)
    throw new ActionError(silent, silent === "timed-out" ? "The vendor did not answer in time." : "The vendor refused the connection.", {
      retryable: true,
      uncertain: silent === "timed-out",
    });
  if (fault.code === "invalid-response" && fault.status === undefined) return new Response("<html>Bad gateway</html>", { status: 200, headers: { "content-type": "text/html" } });
  const status = fault.status ?? statusOfCode[fault.code ?? "unavailable"] ?? 503;
  return Response.json(bodyOf(status), { status, ...(fault.retryAfterSeconds === undefined ? {} : { headers: { "retry-after": String(fault.retryAfterSeconds) } }) });
}
