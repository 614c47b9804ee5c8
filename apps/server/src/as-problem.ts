import type { EngineErrorCode } from "@drawbridge/engine";
import type { ProblemCode } from "@drawbridge/protocol";
import { ProblemError } from "./problem-error.ts";

const engineCodes: { readonly [Code in EngineErrorCode]: ProblemCode } = {
  "unknown-playbook": "not-published",
  "unknown-run": "not-found",
  "unknown-step": "not-found",
  "run-ended": "run-ended",
  "run-not-ended": "in-use",
  "ask-closed": "ask-closed",
  "invalid-answer": "invalid-answer",
  "not-in-doubt": "not-in-doubt",
  "invalid-input": "invalid-request",
  "call-too-deep": "invalid-request",
  "queue-full": "queue-full",
  "store-unavailable": "store-unavailable",
  stopped: "shutting-down",
};

/** SQLSTATE of a database that is not there, goes away, or has no room: connection, resources, operator, system, read-only. */
const databaseTrouble = /^(?:08|53|57|58|25006)/;
/** What pg says of a connection that it has lost or did not get. */
const connectionLost = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
const socketLost: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENOTFOUND"]);

const storeFull = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|BUSY|NOMEM)/;

/** What is thrown anywhere, as an answer; anything that is not foreseen is `internal-error` and says no more. */
export function asProblem(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof Error) {
    const known: Error & { code?: unknown; type?: unknown; limit?: unknown } = thrown;
    if (thrown.name === "EngineError" && typeof known.code === "string" && known.code in engineCodes)
      return new ProblemError(engineCodes[known.code as EngineErrorCode], thrown.message, { cause: thrown });
    if (thrown.name === "ActionError") return new ProblemError("action-failed", thrown.message, { cause: thrown });
    if (typeof known.code === "string" && storeFull.test(known.code))
      return new ProblemError("store-unavailable", "The disk is full or cannot be written; nothing was stored.", { cause: thrown });
    if (databaseIsGone(known)) return new ProblemError("store-unavailable", "The database does not answer; nothing was stored.", { cause: thrown });
    if (known.type === "entity.too.large") return new ProblemError("body-too-large", `The body is over the limit of ${Number(known.limit).toLocaleString("en")} bytes.`);
    if (known.type === "entity.parse.failed") return new ProblemError("invalid-json", "The body cannot be read as JSON.");
    if (typeof known.type === "string" && /^(?:entity|request|encoding|charset|parameters)\./.test(known.type))
      return new ProblemError("invalid-request", "The body cannot be read.");
    if (thrown instanceof URIError) return new ProblemError("invalid-request", "The address is not encoded correctly.");
  }
  return new ProblemError("internal-error", "The server could not carry this out; its log says why.", { cause: thrown });
}

function databaseIsGone({ code, message, severity }: Error & { readonly code?: unknown; readonly severity?: unknown }): boolean {
  if (typeof code !== "string") return connectionLost.test(message);
  return severity === undefined ? socketLost.has(code) : databaseTrouble.test(code);
}
