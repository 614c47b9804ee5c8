import type { Engine } from "@drawbridge/engine";
import { type CallRecord, partOf } from "@drawbridge/protocol";
import { pointerSegments } from "@drawbridge/playbook";
import type { Audit } from "../audit/audit.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Handlers } from "../http/handlers.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";
import type { AskViews } from "./ask-views.ts";
import { PayloadReader } from "./payload-reader.ts";
import { secretsOf, stepOfEffect, tells, withoutSecrets } from "./run-secrets.ts";
import { sendTrace } from "./send-trace.ts";
import type { RunViews } from "./run-views.ts";
import { startRun } from "./start-run.ts";

type Names =
  | "startRun"
  | "getRun"
  | "getTrace"
  | "exportTrace"
  | "getPayload"
  | "getPayloadPart"
  | "searchPayload"
  | "getCallRecord"
  | "cancelRun"
  | "pauseRun"
  | "resumeRun"
  | "rerunRun"
  | "decideDoubt"
  | "listAsks"
  | "answerAsk";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly shelf: PlaybookShelf;
  readonly runs: RunViews;
  readonly asks: AskViews;
  readonly audit: Audit;
}

export function runHandlers({ store, engine, shelf, runs, asks, audit }: Parts): Pick<Handlers, Names> {
  const seen = async (viewer: Viewer, id: string) => {
    const row = await runs.visible(viewer, id);
    const version = await shelf.read(row.playbook_id, row.playbook_version);
    return { row, playbook: version?.playbook ?? null, secrets: await secretsOf(store, viewer, row, version?.playbook ?? null) };
  };
  const control = async (viewer: Viewer, id: string, what: string, make: () => Promise<void>) => {
    await runs.visible(viewer, id);
    await make();
    await audit.write(viewer.email, what, { run: id });
    return {};
  };
  const payloads = new PayloadReader((run, hash) => engine.payload(run, hash));
  return {
    startRun: async ({ viewer, body }) => ({
      id: await startRun({ store, engine, shelf, audit }, viewer, { ...body, input: body.input ?? {}, kind: body.caseId === undefined ? "manual" : "case" }),
    }),
    getRun: async ({ viewer, params }) => {
      const { playbook, secrets } = await seen(viewer, params.id);
      const summary = (await runs.summaries([params.id]))[0];
      if (!summary || !playbook) throw notFound("run");
      const failedStep = summary.failedStep !== null && secrets.steps.has(summary.failedStep) ? null : summary.failedStep;
      return {
        run: { ...summary, failedStep },
        playbook,
        children: await runs.children(viewer, params.id),
        hidden: [...secrets.steps].filter((step) => Object.hasOwn(playbook.steps, step)),
      };
    },
    getTrace: async ({ viewer, params, query }) => {
      const { row, secrets } = await seen(viewer, params.id);
      const events = await engine.trace(params.id, query.from ?? 0, query.limit ?? 1_000);
      return { events: events.map((event) => withoutSecrets(event, params.id, secrets)), lastSeq: row.last_seq };
    },
    exportTrace: async ({ viewer, params, response }) => {
      await seen(viewer, params.id);
      await sendTrace(response, {
        run: params.id,
        read: (from, limit) => engine.trace(params.id, from, limit),
        payload: (hash) => engine.payload(params.id, hash),
        secrets: async () => (await seen(viewer, params.id)).secrets,
      });
    },
    getPayload: async ({ viewer, params }) => {
      const { secrets } = await seen(viewer, params.id);
      const value = await engine.payload(params.id, params.hash);
      if (value === undefined || tells(value, secrets)) throw notFound("payload");
      return { value };
    },
    getPayloadPart: async ({ viewer, params, query }) => {
      const { secrets } = await seen(viewer, params.id);
      const part = partOf(await payloads.read(params.id, params.hash, secrets), pointerSegments(query.pointer ?? ""), query.offset ?? 0, query.limit ?? 100);
      if (part === null) throw notFound("part of the payload");
      return part;
    },
    searchPayload: async ({ viewer, params, query }) => {
      const { secrets } = await seen(viewer, params.id);
      return payloads.search(params.id, params.hash, secrets, query.words);
    },
    getCallRecord: async ({ viewer, params, query }) => {
      const { secrets } = await seen(viewer, params.id);
      const step = stepOfEffect(query.effect);
      if (step === null || !query.effect.startsWith(`${params.id}/`) || secrets.steps.has(step)) return { record: null };
      const record = await engine.callRecord(params.id, query.effect);
      return { record: record === undefined || tells(record, secrets) ? null : (record as unknown as CallRecord) };
    },
    cancelRun: ({ viewer, params, body }) => control(viewer, params.id, "run-cancelled", () => engine.cancel(params.id, viewer.email, body.reason)),
    pauseRun: ({ viewer, params }) => control(viewer, params.id, "run-paused", () => engine.pause(params.id, viewer.email)),
    resumeRun: ({ viewer, params }) => control(viewer, params.id, "run-resumed", () => engine.resume(params.id, viewer.email)),
    rerunRun: async ({ viewer, params, body }) => {
      const { secrets } = await seen(viewer, params.id);
      if ([body.step, ...Object.keys(body.instead ?? {})].some((step) => secrets.steps.has(step))) throw notFound("step");
      return control(viewer, params.id, "run-rerun", () => engine.rerun(params.id, body.step, body.input, viewer.email, body.instead));
    },
    decideDoubt: async ({ viewer, params, body }) => {
      const { secrets } = await seen(viewer, params.id);
      const doubt = await store.first(store.sql.selectFrom("doubts").select("step").where("id", "=", body.effect).where("run_id", "=", params.id));
      if (!doubt || secrets.steps.has(doubt.step)) throw new ProblemError("not-in-doubt", "This attempt is not in doubt, or not any more.");
      return control(viewer, params.id, "doubt-decided", () => engine.decideDoubt(params.id, body.effect, body.decision, body.output, viewer.email));
    },
    listAsks: ({ viewer, query }) => asks.list(viewer, query),
    answerAsk: async ({ viewer, body }) => {
      const ask = await asks.visible(viewer, body.id);
      if (ask.state !== "open")
        throw new ProblemError("ask-closed", ask.state === "answered" ? `${ask.answeredBy ?? "Somebody"} has answered already.` : "The question is closed.");
      if (!ask.mayAnswer) throw new ProblemError("permission-denied", "The question is for somebody else.");
      await engine.answer(body.id, body.answer, body.values ?? {}, viewer.email);
      await audit.write(viewer.email, "ask-answered", { ask: body.id, answer: body.answer });
      return {};
    },
  };
}
