import type { RequestHandler } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { ProblemError } from "../problem-error.ts";

const minutes = 5;

/** Ten wrong sign-ins for an address and account, a hundred for an address, in five minutes. */
export function signInLimit(): RequestHandler {
  const limit = (most: number, key: (ip: string, email: string) => string) =>
    rateLimit({
      windowMs: minutes * 60_000,
      limit: most,
      skipSuccessfulRequests: true,
      standardHeaders: false,
      legacyHeaders: false,
      keyGenerator: (request) => {
        const body = request.body as { email?: unknown } | undefined;
        return key(ipKeyGenerator(request.ip ?? ""), typeof body?.email === "string" ? body.email.slice(0, 200).toLowerCase() : "");
      },
      handler: (_request, response, next) => {
        response.set("retry-after", String(minutes * 60));
        next(new ProblemError("too-many-attempts", `Too many wrong sign-ins; wait ${minutes} minutes.`));
      },
    });
  const byAccount = limit(10, (ip, email) => `${ip} ${email}`);
  const byAddress = limit(100, (ip) => ip);
  return (request, response, next) => byAddress(request, response, (error: unknown) => (error === undefined ? byAccount(request, response, next) : next(error)));
}
