import { randomUUID } from "node:crypto";
import { ActionError, CallRecorder } from "@drawbridge/integration-kit";
import type { Json } from "@drawbridge/playbook";
import type { ActionTrial } from "@drawbridge/protocol";
import type { Viewer } from "../access/viewer.ts";
import type { ActionCalls } from "../actions/action-calls.ts";
import { callRecordOf } from "../actions/call-record-of.ts";
import type { Audit } from "../audit/audit.ts";
import { ProblemError } from "../problem-error.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { Connections } from "./connections.ts";

const longestMs = 60_000;

interface Parts {
  readonly connections: Connections;
  readonly calls: ActionCalls;
  readonly redactor: Redactor;
  readonly audit: Audit;
}

interface Trial {
  readonly action: string;
  readonly input: { readonly [key: string]: Json };
  /** Whether the person has said that the vendor may be changed. */
  readonly changes?: boolean | undefined;
}

/** Calls one action over a connection for the person who builds a step. A change is written to the audit log before it is sent. */
export async function tryAction({ connections, calls, redactor, audit }: Parts, viewer: Viewer, connection: string, { action, input, changes }: Trial): Promise<ActionTrial> {
  const found = (await connections.list()).find((each) => each.id === connection);
  if (!found) throw new ProblemError("not-found", `There is no connection ${connection}.`);
  const facts = calls.facts(action);
  if (!facts || !action.startsWith(`${found.integration}.`)) throw new ProblemError("invalid-request", `${action} is no action of ${found.integration}.`, { pointer: "/action" });
  if (facts.effect === "changes" && changes !== true)
    throw new ProblemError("changes-unconfirmed", `${action} changes something at ${found.name}. Confirm that this is meant.`, { pointer: "/changes" });
  await audit.write(viewer.email, "action-tried", { action, connection, effect: facts.effect });
  const recorder = new CallRecorder();
  const begin = performance.now();
  const result = await calls
    .perform({
      action,
      connection,
      input,
      idempotencyKey: randomUUID(),
      run: null,
      caseId: null,
      actor: viewer.email,
      signal: AbortSignal.timeout(longestMs),
      timeoutMs: longestMs,
      recorder,
    })
    .then(
      (output): ActionTrial["result"] => ({ ok: true, output }),
      (thrown: unknown): ActionTrial["result"] => {
        if (!(thrown instanceof ActionError)) throw thrown;
        return { ok: false, code: thrown.code, message: thrown.message, retryable: thrown.retryable };
      },
    );
  return { ms: performance.now() - begin, record: callRecordOf(recorder, redactor) as unknown as ActionTrial["record"], result };
}
