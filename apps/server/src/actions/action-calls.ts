import { ActionError, callAction, CallRecorder } from "@drawbridge/integration-kit";
import type { ActionCaller, CallContext } from "@drawbridge/engine";
import { actionRegistry } from "@drawbridge/integrations";
import type { CallActionEffect } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { Clients } from "../connections/clients.ts";
import { callRecordOf } from "./call-record-of.ts";
import type { Log } from "../log.ts";
import type { Redactor } from "../secrets/redactor.ts";

interface Request {
  readonly action: string;
  readonly connection?: string;
  readonly input: Json;
  readonly idempotencyKey: string;
  readonly run: { readonly id: string; readonly playbook: string; readonly step: string } | null;
  readonly caseId: string | null;
  readonly actor: string;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  readonly recorder?: CallRecorder;
}

const longestCallMs = 5 * 60_000;

/** Calls actions over their connections; for runs, and for commands of people. Known secrets are taken out of what comes back. */
export class ActionCalls implements ActionCaller {
  readonly #clients: Clients;
  readonly #redactor: Redactor;
  readonly #log: Log;

  constructor(clients: Clients, redactor: Redactor, log: Log) {
    this.#clients = clients;
    this.#redactor = redactor;
    this.#log = log;
  }

  facts(action: string): { effect: "reads" | "changes"; repeatable: boolean } | null {
    const found = actionRegistry.get(action)?.action;
    return found ? { effect: found.effect, repeatable: found.repeatable } : null;
  }

  async call(effect: CallActionEffect, context: CallContext): Promise<{ output: Json; case?: Json }> {
    const recorder = new CallRecorder();
    try {
      const result = await this.#called(effect, context, recorder);
      if (context.recorded === "always") this.#record(context, recorder);
      return result;
    } catch (error) {
      this.#record(context, recorder);
      throw error;
    }
  }

  #record(context: CallContext, recorder: CallRecorder): void {
    const record = callRecordOf(recorder, this.#redactor);
    if (record !== null) context.record(record);
  }

  async #called(effect: CallActionEffect, { run, caseId, signal }: CallContext, recorder: CallRecorder): Promise<{ output: Json; case?: Json }> {
    const output = await this.perform({
      action: effect.action,
      ...(effect.connection === undefined ? {} : { connection: effect.connection }),
      input: effect.input,
      idempotencyKey: effect.id,
      run,
      caseId,
      actor: `playbook:${run.playbook}`,
      signal,
      recorder,
      ...(effect.timeoutMs === undefined ? {} : { timeoutMs: effect.timeoutMs }),
    });
    const snapshot = effect.action.startsWith("cases.") ? snapshotIn(output) : null;
    const own = snapshot !== null && (effect.action === "cases.open" || snapshot.id === caseId);
    return own ? { output, case: snapshot as unknown as Json } : { output };
  }

  /** Throws only ActionError. */
  async perform(request: Request): Promise<Json> {
    const registered = actionRegistry.get(request.action);
    if (!registered) throw new ActionError("unknown-action", `There is no action ${request.action}.`);
    try {
      const client = await this.#clients.forAction(registered.integration.id, request.connection);
      const output = await callAction(actionRegistry, {
        action: request.action,
        input: request.input,
        timeoutMs: request.timeoutMs ?? longestCallMs,
        ...(request.recorder ? { recorder: request.recorder } : {}),
        context: {
          client,
          idempotencyKey: request.idempotencyKey,
          signal: request.signal,
          log: (message, details) => {
            request.recorder?.line({ at: Date.now(), message, details: details ?? null });
            this.#log.info({ action: request.action, run: request.run?.id, ...details }, message);
          },
          now: Date.now,
          run: request.run,
          caseId: request.caseId,
          actor: request.actor,
        },
      });
      return this.#redactor.json(output);
    } catch (thrown) {
      throw this.#redacted(thrown, request.action);
    }
  }

  #redacted(thrown: unknown, action: string): ActionError {
    if (!(thrown instanceof ActionError) || thrown.code === "unexpected") this.#log.warn({ err: thrown, action }, "an action failed in an unexpected way");
    if (!(thrown instanceof ActionError)) return new ActionError("unexpected", "The action failed in an unexpected way.", { cause: thrown });
    const message = this.#redactor.text(thrown.message);
    const details = thrown.details === undefined ? undefined : this.#redactor.json(thrown.details);
    if (message === thrown.message && details === thrown.details) return thrown;
    return new ActionError(thrown.code, message, {
      retryable: thrown.retryable,
      ...(thrown.uncertain ? { uncertain: true } : {}),
      ...(thrown.retryAfterMs === undefined ? {} : { retryAfterMs: thrown.retryAfterMs }),
      ...(details === undefined ? {} : { details }),
      cause: thrown,
    });
  }
}

function snapshotIn(output: Json): { readonly id: string } | null {
  const found = typeof output === "object" && output !== null && !Array.isArray(output) ? (output as { readonly [key: string]: Json })["case"] : undefined;
  return typeof found === "object" && found !== null && !Array.isArray(found) && typeof (found as { readonly [key: string]: Json })["id"] === "string"
    ? (found as unknown as { id: string })
    : null;
}
