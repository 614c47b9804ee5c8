import { mkdir } from "node:fs/promises";
import { ScriptThreads } from "@drawbridge/engine/embedded";
import type { ReportModel } from "@drawbridge/integrations/cases";
import { catalogOf, type IntegrationCatalog } from "@drawbridge/integration-kit";
import { integrations } from "@drawbridge/integrations";
import type { Json } from "@drawbridge/playbook";
import { ActionCalls } from "./actions/action-calls.ts";
import { Audit } from "./audit/audit.ts";
import { CaseLedger } from "./cases/case-ledger.ts";
import { CaseRecords } from "./cases/case-records.ts";
import { StoredCaseDesk } from "./cases/stored-case-desk.ts";
import type { Closing } from "./closing.ts";
import { Clients } from "./connections/clients.ts";
import { Connections } from "./connections/connections.ts";
import { readConnectionsFile } from "./connections/read-connections-file.ts";
import { noteAlertTriggers } from "./intake/note-alert-triggers.ts";
import { createLog } from "./log.ts";
import { Metrics } from "./observe/metrics.ts";
import { openEngine, type RunEngine } from "./open-engine.ts";
import type { Settings } from "./options.ts";
import { PlaybookNews } from "./playbooks/playbook-news.ts";
import { PlaybookShelf } from "./playbooks/playbook-shelf.ts";
import { Duties } from "./processes/duties.ts";
import { joinProcesses } from "./processes/join-processes.ts";
import { SettingsShelf } from "./retention/settings-shelf.ts";
import { InputIndex } from "./runs/input-index.ts";
import { checkKey } from "./secrets/check-key.ts";
import { readKey } from "./secrets/read-key.ts";
import { Redactor } from "./secrets/redactor.ts";
import { Sealer } from "./secrets/sealer.ts";
import { People } from "./sign-in/people.ts";
import { openStore } from "./store/open-store.ts";
import { Triggers } from "./triggers/triggers.ts";

export type RunParts = Awaited<ReturnType<typeof wireRuns>>;

const drainMs = 10_000;

/** Wires what every process has, whatever its role: the store, what runs need, and the duties that one process at a time has. */
export async function wireRuns(settings: Settings, closing: Closing) {
  await mkdir(settings.home, { recursive: true, mode: 0o700 });
  const redactor = new Redactor();
  const log = createLog(settings.logLevel, redactor);
  const key = await readKey(settings.home, settings.key);
  const opened = await openStore(settings.home, settings.databaseUrl, (error) => log.warn({ err: error }, "a connection to the database broke"));
  closing.add(() => opened.close());
  const { store } = opened;
  const { bus, lead } = await joinProcesses(opened, log);
  closing.add(() => bus.close());

  const people = new People(store);
  const audit = new Audit(store, redactor);
  let catalog: IntegrationCatalog | null = null;
  const catalogNow = () => (catalog ??= catalogOf(integrations));
  const actions = () => catalogNow().actions;
  const news = new PlaybookNews(store, bus);
  const shelf = new PlaybookShelf(store, { actions }, news);
  const sealer = new Sealer(key);
  const connections = new Connections(store, sealer, redactor, bus);
  await connections.load();
  await checkKey(store, sealer);
  if (settings.connectionsFile !== null) await readConnectionsFile(settings.connectionsFile, connections);

  const pdf = async (model: ReportModel) => (await import("./reports/render-report-pdf.ts")).renderReportPdf(model);
  const records = new CaseRecords(store, people);
  const stepFacts = async (run: string, step: string) => {
    const row = await store.first(store.sql.selectFrom("runs").select(["playbook_id", "playbook_version"]).where("id", "=", run));
    const found = row && (await shelf.read(row.playbook_id, row.playbook_version))?.playbook.steps[step];
    return found ? { name: found.name, integration: found.kind === "action" ? (found.action.split(".")[0] ?? null) : null } : null;
  };
  const ledger = new CaseLedger(store, people, records, stepFacts, bus);
  const desk = new StoredCaseDesk(store, people, records, ledger, pdf);
  const clients = new Clients(connections, (name) => (name === "cases" ? desk : undefined), log);
  closing.add(() => clients.close());
  const calls = new ActionCalls(clients, redactor, log);
  const scripts = new ScriptThreads();
  closing.add(() => scripts.close());
  const playbookSettings = new SettingsShelf(store, bus);
  await playbookSettings.load();
  bus.onMissed(async () => {
    await connections.load();
    await clients.close();
    await playbookSettings.load();
  });

  const watching = { count: () => 0 };
  const metrics: Metrics = new Metrics({
    runsByState: async () =>
      await store.all(
        store.sql
          .selectFrom("runs")
          .select((select) => ["status as state", select.fn.countAll<number>().as("count")])
          .groupBy("status"),
      ),
    watchers: () => watching.count(),
    queueDepth: () => engine.gauges.callsQueued,
    isAction: (action) => calls.facts(action) !== null,
  });
  closing.add(() => metrics.close());
  const tracing = settings.tracing ? new (await import("./observe/run-tracing.ts")).RunTracing(process.env) : null;
  closing.add(() => tracing?.close());
  const engine: RunEngine = await openEngine(opened, settings.role, {
    playbooks: shelf,
    actions: calls,
    scripts,
    clock: { now: Date.now },
    caseSnapshot: async (id) => (await records.snapshot(id)) as Json,
    callsOf: (playbook) => playbookSettings.inForce(playbook).callsAtOnce,
    observe: { ...metrics.observer, ...tracing?.observer },
    onProblem: (problem) => log.error(problem, "the engine met a problem"),
  });
  const stopEngine = () => engine.stop({ drainMs });
  closing.add(stopEngine);
  tracing?.follow({ engine, playbooks: shelf, log });

  const { now } = settings;
  const triggers = new Triggers(store, sealer, now);
  shelf.onPublish(() => noteAlertTriggers(store, shelf).catch((error: unknown) => log.error({ err: error }, "triggers of published playbooks could not be noted")));
  shelf.onPublish(() => triggers.disableOrphans().catch((error: unknown) => log.error({ err: error }, "triggers of a deleted playbook could not be turned off")));
  const inputs = new InputIndex({ store, engine, log });
  const deleteRuns = async (families: readonly (readonly string[])[]) => {
    const gone = await engine.deleteRuns(families);
    await inputs.forget(gone);
    return gone;
  };
  const duties = new Duties({ store, shelf, engine, calls, log, pollMs: settings.pollMs, settings: playbookSettings, audit, inputs, deleteRuns, now, bus });
  const state = { recovered: false, stopping: false };

  return {
    ...{ settings, log, store, bus, lead, people, audit, news, shelf, sealer, redactor, connections, clients, calls, actions, catalogNow },
    ...{ records, ledger, desk, pdf, playbookSettings, metrics, watching, engine, stopEngine, inputs, deleteRuns, triggers, duties, state },
  };
}
