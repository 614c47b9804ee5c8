import type { ErrorRequestHandler } from "express";
import { asProblem } from "../as-problem.ts";
import type { Log } from "../log.ts";
import { ProblemError } from "../problem-error.ts";

/** Seconds until a refused start is worth another try. */
const retryAfterS = "5";

/** Answers with problem details; what was not foreseen is logged with its stack. */
export function sendProblem(log: Log, tooLarge: (path: string) => boolean): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    let problem = asProblem(thrown);
    if (problem.code === "body-too-large" && tooLarge(request.path)) problem = new ProblemError("too-large", problem.message.replace("The body", "The document"));
    if (problem.code === "internal-error" || problem.code === "store-unavailable") log.error({ request: response.locals["id"] as unknown, err: problem.cause }, problem.message);
    if (response.headersSent) return next(thrown);
    const body = problem.toProblem();
    if (body.code === "queue-full") response.set("retry-after", retryAfterS);
    response.status(body.status).set("cache-control", "no-store").type("application/problem+json").send(JSON.stringify(body));
  };
}
