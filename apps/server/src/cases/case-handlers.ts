import { type Engine, EngineError } from "@drawbridge/engine";
import { ActionError } from "@drawbridge/integration-kit";
import type { DeskCall, ReportModel } from "@drawbridge/integrations/cases";
import type { ActionFacts, Json } from "@drawbridge/playbook";
import type { ActionCalls } from "../actions/action-calls.ts";
import { holdsRole, type Viewer } from "../access/viewer.ts";
import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import { RawAnswer } from "../http/raw-answer.ts";
import { notFound, ProblemError } from "../problem-error.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import { liveVersion, startRun } from "../runs/start-run.ts";
import { newId } from "../store/new-id.ts";
import type { Store } from "../store/store.ts";
import { evidenceOf, type CaseRecords } from "./case-records.ts";
import type { CaseViews } from "./case-views.ts";
import { deskProblem } from "./desk-problem.ts";
import { isRunCommand, readCommand, readRunCommand } from "./read-command.ts";
import type { StoredCaseDesk } from "./stored-case-desk.ts";

type Names =
  | "listCases"
  | "openCase"
  | "getCase"
  | "updateCase"
  | "assignCase"
  | "closeCase"
  | "setCaseMembers"
  | "openChild"
  | "changeSla"
  | "listWarRoom"
  | "addEntry"
  | "addEvidence"
  | "createReport"
  | "getReport"
  | "deleteEvidence";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly shelf: PlaybookShelf;
  readonly desk: StoredCaseDesk;
  readonly views: CaseViews;
  readonly records: CaseRecords;
  readonly calls: ActionCalls;
  readonly actions: () => ReadonlyMap<string, ActionFacts>;
  readonly pdf: (model: ReportModel) => Promise<Uint8Array>;
  readonly audit: Audit;
}

const commandMs = 60_000;

export function caseHandlers({ store, engine, shelf, desk, views, records, calls, actions, pdf, audit }: Parts): Pick<Handlers, Names> {
  /** Makes a change as a person, once the case may be seen, and puts it on record. */
  const change = async <Result>(
    viewer: Viewer,
    caseId: string | null,
    what: string,
    details: { readonly [key: string]: Json },
    make: (call: DeskCall) => Promise<Result> | Result,
  ): Promise<Result> => {
    if (caseId !== null) await views.visible(viewer, caseId);
    const call: DeskCall = { actor: viewer.email, idempotencyKey: newId("person-", Date.now()), run: null, signal: new AbortController().signal };
    try {
      const result = await make(call);
      await audit.write(viewer.email, what, { ...(caseId === null ? {} : { case: caseId }), ...details });
      return result;
    } catch (thrown) {
      throw deskProblem(thrown);
    }
  };

  const command = async (viewer: Viewer, caseId: string, text: string): Promise<string> => {
    const { action, input } = readCommand(text, (name) => actions().get(name)?.input ?? null);
    const facts = actions().get(action);
    if (!facts || !holdsRole(viewer, "analyst")) throw new ProblemError("permission-denied", `Your role may not run ${action}.`);
    return change(viewer, caseId, "command", { action }, async (call) => {
      try {
        const output = await calls.perform({
          action,
          input,
          idempotencyKey: `${call.idempotencyKey}/action`,
          run: null,
          caseId,
          actor: viewer.email,
          signal: AbortSignal.timeout(commandMs),
        });
        return desk.addCommand(caseId, facts.integration, text, { data: tableOf(output) }, call);
      } catch (thrown) {
        if (!(thrown instanceof ActionError)) throw thrown;
        if (["invalid-input", "unknown-action", "not-configured", "unknown-connection"].includes(thrown.code))
          throw new ProblemError("action-failed", thrown.message, { pointer: "/text" });
        return desk.addCommand(caseId, facts.integration, text, { data: { failed: thrown.code, message: thrown.message } }, call);
      }
    });
  };

  const runCommand = async (viewer: Viewer, caseId: string, text: string): Promise<string> => {
    await views.visible(viewer, caseId);
    let name = "";
    const { playbook, input } = await readRunCommand(text, async (id) => {
      const live = await liveVersion(shelf, id);
      name = live.playbook.name;
      return live.playbook.inputs ?? [];
    }).catch((thrown: unknown) => {
      throw thrown instanceof ProblemError ? new ProblemError(thrown.code, thrown.message, { pointer: "/text" }) : thrown;
    });
    return change(viewer, caseId, "command", { playbook }, async (call) => {
      const run = await startRun({ store, engine, shelf, audit }, viewer, { playbook, input, kind: "war-room", caseId }).catch((thrown: unknown) => {
        throw thrown instanceof EngineError && thrown.code === "invalid-input" ? new ProblemError("invalid-input", thrown.message, { pointer: "/text", cause: thrown }) : thrown;
      });
      return desk.addCommand(caseId, "cases", `${text}\nStarted ${name}.`, { run }, call);
    });
  };

  return {
    listCases: ({ viewer, query }) => views.list(viewer, query),
    getCase: ({ viewer, params }) => views.detail(viewer, params.id),
    openCase: async ({ viewer, body }) => {
      const opened = await change(viewer, null, "case-opened", { title: body.title }, (call) =>
        desk.open({ ...body, subject: body.subject ?? "", alert: null, fields: {}, members: [] }, call),
      );
      return views.summary(await views.visible(viewer, opened.case.id), viewer);
    },
    updateCase: async ({ viewer, params, body }) => {
      await change(viewer, params.id, "case-changed", { fields: Object.keys(body) }, (call) => desk.update(params.id, { ...body, fields: {}, source: null }, call));
      return views.detail(viewer, params.id);
    },
    assignCase: async ({ viewer, params, body }) => {
      const { email } = body;
      await change(viewer, params.id, "case-assigned", { owner: email }, async (call) => {
        if (email === null) await desk.unassign(params.id, call);
        else await desk.assign(params.id, { owner: email }, call);
      });
      return views.detail(viewer, params.id);
    },
    closeCase: async ({ viewer, params, body }) => {
      await change(viewer, params.id, "case-closed", {}, (call) => desk.close(params.id, { resolution: body.resolution, children: body.children ?? "keep" }, call));
      return views.detail(viewer, params.id);
    },
    setCaseMembers: async ({ viewer, params, body }) => {
      const row = await views.visible(viewer, params.id);
      const staying = body.emails.some((email) => email.toLowerCase() === viewer.email) || row.owner === viewer.email || viewer.role === "admin" || row.restricted === 0;
      if (!staying) throw new ProblemError("invalid-request", "You would lose sight of this case: somebody else on its team can take you off.", { pointer: "/emails" });
      await change(viewer, params.id, "case-team", { members: body.emails }, (call) => desk.setMembers(params.id, body.emails, call));
      return views.detail(viewer, params.id);
    },
    openChild: async ({ viewer, params, body }) => {
      const opened = await change(viewer, params.id, "child-opened", {}, (call) =>
        desk.openChild(params.id, { ...body, type: null, severity: null, owner: null, copyFields: null, copyFileEvents: true }, call),
      );
      return views.summary(await views.visible(viewer, opened.child.id), viewer);
    },
    changeSla: async ({ viewer, params, body }) => {
      if (body.change === "start" && body.targetMs === undefined) throw new ProblemError("invalid-request", "A clock that is started needs a target.", { pointer: "/targetMs" });
      await change(viewer, params.id, "sla-changed", { clock: body.name, change: body.change }, (call) => desk.changeSla(params.id, body, call));
      return views.detail(viewer, params.id);
    },
    listWarRoom: ({ viewer, params, query }) => views.warRoom(viewer, params.id, query),
    addEntry: async ({ viewer, params, body }) => {
      const id = body.text.startsWith("!")
        ? await command(viewer, params.id, body.text)
        : isRunCommand(body.text)
          ? await runCommand(viewer, params.id, body.text)
          : (await change(viewer, params.id, "note", {}, (call) => desk.addNote(params.id, { text: body.text, data: undefined }, call))).entry;
      const entry = await store.first(store.sql.selectFrom("case_entries").selectAll().where("id", "=", id));
      return { entries: entry ? [{ ...(await records.entryOf(entry)) }] : [] };
    },
    addEvidence: async ({ viewer, params, body }) => {
      const { entry } = body;
      if (entry !== undefined && !(await store.first(store.sql.selectFrom("case_entries").select("id").where("id", "=", entry).where("case_id", "=", params.id)))) {
        await views.visible(viewer, params.id);
        throw new ProblemError("invalid-request", "There is no such entry in the war room.", { pointer: "/entry" });
      }
      const kind = entry !== undefined ? ("entry" as const) : Array.isArray(body.data) ? ("table" as const) : ("artifact" as const);
      const { evidence } = await change(viewer, params.id, "evidence-added", { title: body.title }, (call) =>
        desk.addEvidence(params.id, { kind, title: body.title, description: body.description ?? "", hash: null, data: body.data, source: null }, call),
      );
      if (entry !== undefined) await desk.markEntry(params.id, entry, evidence);
      const row = await store.first(store.sql.selectFrom("case_evidence").selectAll().where("id", "=", evidence));
      if (!row) throw notFound("evidence");
      return { ...evidenceOf(row) };
    },
    deleteEvidence: async ({ viewer, params }) => {
      const removed = await change(viewer, params.id, "evidence-removed", { evidence: params.evidence }, (call) => desk.removeEvidence(params.id, params.evidence, call));
      if (!removed) throw notFound("evidence");
      return {};
    },
    createReport: async ({ viewer, params }) => ({ id: (await change(viewer, params.id, "report-written", {}, (call) => desk.report(params.id, { title: null }, call))).reportId }),
    getReport: async ({ viewer, params, query }) => {
      await views.visible(viewer, params.id);
      const report = await store.first(store.sql.selectFrom("case_reports").selectAll().where("case_id", "=", params.id).where("id", "=", params.report));
      if (!report || (await views.unmentionable(viewer, params.id)).some((mark) => report.html.includes(mark))) throw notFound("report");
      if (query.format === "html") return new RawAnswer("text/html; charset=utf-8", report.html, `${report.id}.html`, true);
      if (query.format === "pdf") return new RawAnswer("application/pdf", await pdf(JSON.parse(report.model) as ReportModel), `${report.id}.pdf`, true);
      return { id: report.id, title: report.title, at: report.at, by: report.by, html: report.html };
    },
  };
}

/** The list in an output, when it is what the output is about; else the output itself. */
function tableOf(output: Json): Json {
  if (typeof output !== "object" || output === null || Array.isArray(output)) return output;
  const lists = Object.values(output).filter((value) => Array.isArray(value) && value.length > 0 && value.every((item: Json) => typeof item === "object" && item !== null));
  const facts = Object.fromEntries(Object.entries(output).filter(([key]) => key !== "html" && key !== "attachment"));
  return lists.length === 1 ? (lists[0] as Json) : facts;
}
