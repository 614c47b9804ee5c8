import type { Engine } from "@drawbridge/engine";
import type { Json } from "@drawbridge/playbook";
import express, { type NextFunction, type Request, type Response, Router } from "express";
import { rateLimit, type Store as HitStore } from "express-rate-limit";
import type { Log } from "../log.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Store } from "../store/store.ts";
import { fireTrigger, keepProblem } from "./fire-trigger.ts";
import { hashOfToken, signatureProblem } from "./hook-token.ts";
import { fieldsOf, readHookBody, safeHeaders } from "./read-hook-body.ts";
import { readWait } from "./read-wait.ts";
import type { TriggerRow } from "./trigger-row.ts";
import type { Triggers } from "./triggers.ts";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly triggers: Triggers;
  readonly redactor: Redactor;
  readonly log: Log;
  readonly stopping: () => boolean;
  readonly now: () => number;
  /** Counts for all processes; without it this one counts alone. */
  readonly hits: HitStore | undefined;
}

const bodyLimit = 1024 * 1024;
const longestKey = 200;

interface Locals {
  trigger: TriggerRow;
}
type HookResponse = Response<unknown, Locals>;

/** `POST /hooks/<token>`: no session, the token says which webhook it is. */
export function hookRouter(parts: Parts): Router {
  const { store, triggers, stopping, now, hits } = parts;
  const router = Router();
  router.use((_request, response, next) => {
    response.set("cache-control", "no-store");
    next();
  });
  router.post(
    "/:token",
    async (request: Request, response: HookResponse, next: NextFunction) => {
      if (stopping()) throw new ProblemError("shutting-down", "The server is stopping; try again in a moment.");
      const trigger = await triggers.byTokenHash(hashOfToken(String(request.params["token"])));
      if (!trigger) throw notFound("webhook");
      response.locals.trigger = trigger;
      next();
    },
    rateLimit({
      ...(hits ? { store: hits } : {}),
      windowMs: 60_000,
      limit: (_request, response) => (response as HookResponse).locals.trigger.per_minute ?? 600,
      keyGenerator: (_request, response) => (response as HookResponse).locals.trigger.id,
      standardHeaders: false,
      legacyHeaders: false,
      handler: (request, response, next) => {
        const reset = (request as Request & { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime?.getTime();
        response.set("retry-after", String(Math.max(1, Math.ceil(((reset ?? Date.now() + 60_000) - Date.now()) / 1_000))));
        next(new ProblemError("rate-limited", `This webhook takes ${(response as HookResponse).locals.trigger.per_minute ?? 600} requests a minute.`));
      },
    }),
    express.raw({ type: () => true, limit: bodyLimit }),
    async (request: Request, response: HookResponse) => {
      const { trigger } = response.locals;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = triggers.signatureOf(trigger);
      if (signature !== null) {
        const wrong = signatureProblem(signature, signature.secret, (name) => request.get(name), body, now());
        if (wrong !== null) {
          const problem = new ProblemError("bad-signature", wrong);
          await keepProblem(store, trigger, problem, now());
          throw problem;
        }
      }
      const query = new URLSearchParams(request.originalUrl.split("?")[1] ?? "");
      const waitMs = readWait(query.get("wait") ?? undefined);
      query.delete("wait");
      const key = request.get("idempotency-key");
      if (key !== undefined && (key === "" || key.length > longestKey)) throw new ProblemError("invalid-request", `Idempotency-Key has 1 to ${longestKey} characters.`);
      const whole = readHookBody(body, request.get("content-type") ?? "");
      const scope = { webhook: { body: whole, headers: safeHeaders(request.headers), query: fieldsOf(query) } };
      const run = await fireTrigger(parts, trigger, { scope, whole, ...(key === undefined ? {} : { key: `hook/${trigger.id}/${key}` }) });
      if (waitMs === null) response.status(202).json({ run });
      else await answerWhenEnded(parts, run, waitMs, response);
    },
  );
  router.all("/:token", (request, response) => {
    response.set("allow", "POST");
    throw new ProblemError("method-not-allowed", `${request.method} is not possible here; send a POST.`);
  });
  router.use(() => {
    throw notFound("webhook");
  });
  return router;
}

async function answerWhenEnded({ engine, redactor }: Parts, run: string, waitMs: number, response: Response): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), waitMs);
    response.once("close", () => resolve(null));
  });
  const ended = engine.ended(run).catch(() => null);
  const state = await Promise.race([ended, over]);
  clearTimeout(timer);
  if (response.destroyed) return;
  if (state === null) response.status(202).json({ run, status: "running" });
  else response.json({ run, status: state.status, outcome: state.outcome, outputs: redactor.json(state.outputs as Json) });
}
