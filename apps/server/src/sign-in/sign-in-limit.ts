import type { RequestHandler } from "express";
import { ipKeyGenerator, rateLimit, type Store as HitStore } from "express-rate-limit";
import { ProblemError } from "../problem-error.ts";

const minutes = 5;

/** Ten wrong sign-ins for an address and account, a hundred for an address, in five minutes. `hits` counts for all processes; without it this one counts alone. */
export function signInLimit(hits: (what: string) => HitStore | undefined): RequestHandler {
  const limit = (what: string, most: number, key: (ip: string, email: string) => string) => {
    const store = hits(what);
    return rateLimit({
      ...(store ? { store } : {}),
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
  };
  const byAccount = limit("sign-in account", 10, (ip, email) => `${ip} ${email}`);
  const byAddress = limit("sign-in address", 100, (ip) => ip);
  return (request, response, next) => byAddress(request, response, (error: unknown) => (error === undefined ? byAccount(request, response, next) : next(error)));
}
