import { ActionError } from "@drawbridge/integration-kit";
import { notFound, ProblemError } from "../problem-error.ts";

/** The case desk's refusals as answers to a person. */
export function deskProblem(thrown: unknown): unknown {
  if (!(thrown instanceof ActionError)) return thrown;
  if (thrown.code === "not-found") return thrown.message.startsWith("There is no case") ? notFound("case") : new ProblemError("not-found", thrown.message);
  if (thrown.code === "conflict") return new ProblemError("case-closed", thrown.message);
  if (thrown.code === "permission-denied") return new ProblemError("permission-denied", thrown.message);
  if (thrown.code === "invalid-input") return new ProblemError("invalid-request", thrown.message);
  return thrown;
}
