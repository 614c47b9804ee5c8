import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { mkdir } from "node:fs/promises";
import { EmbeddedEngine, ScriptThreads } from "@drawbridge/engine/embedded";
import { catalogOf, type IntegrationCatalog } from "@drawbridge/integration-kit";
import { integrations } from "@drawbridge/integrations";
import type { ReportModel } from "@drawbridge/integrations/cases";
import type { Json } from "@drawbridge/playbook";
import { ActionCalls } from "./actions/action-calls.ts";
import { Audit } from "./audit/audit.ts";
import { caseHandlers } from "./cases/case-handlers.ts";
import { CaseLedger } from "./cases/case-ledger.ts";
import { CaseRecords } from "./cases/case-records.ts";
import { CaseViews } from "./cases/case-views.ts";
import { StoredCaseDesk } from "./cases/stored-case-desk.ts";
import { Clients } from "./connections/clients.ts";
import { Connections } from "./connections/connections.ts";
import { integrationHandlers } from "./connections/integration-handlers.ts";
import { readConnectionsFile } from "./connections/read-connections-file.ts";
import { apiRouter } from "./http/api-router.ts";
import { createApp } from "./http/create-app.ts";
import type { Handlers } from "./http/handlers.ts";
import { AlertIntake } from "./intake/alert-intake.ts";
import { LiveHub } from "./live/live-hub.ts";
import { createLog } from "./log.ts";
import { Metrics } from "./observe/metrics.ts";
import { serveMetrics } from "./observe/serve-metrics.ts";
import { type ServerOptions, settingsOf } from "./options.ts";
import { installLibrary } from "./playbooks/install-library.ts";
import { playbookHandlers } from "./playbooks/playbook-handlers.ts";
import { PlaybookShelf } from "./playbooks/playbook-shelf.ts";
import { Retention } from "./retention/retention.ts";
import { settingsHandlers } from "./retention/settings-handlers.ts";
import { SettingsShelf } from "./retention/settings-shelf.ts";
import { AskViews } from "./runs/ask-views.ts";
import { runHandlers } from "./runs/run-handlers.ts";
import { RunViews } from "./runs/run-views.ts";
import { sampleHandlers } from "./sample-world/sample-handlers.ts";
import { SampleWorld } from "./sample-world/sample-world.ts";
import { readKey } from "./secrets/read-key.ts";
import { Redactor } from "./secrets/redactor.ts";
import { Sealer } from "./secrets/sealer.ts";
import { addFirstPeople } from "./sign-in/first-people.ts";
import { People } from "./sign-in/people.ts";
import { sessionHandlers } from "./sign-in/session-handlers.ts";
import { Sessions } from "./sign-in/sessions.ts";
import { signInLimit } from "./sign-in/sign-in-limit.ts";
import { openStore } from "./store/open-store.ts";
import { systemHandlers } from "./system-handlers.ts";
import { hookRouter } from "./triggers/hook-router.ts";
import { Schedules } from "./triggers/schedules.ts";
import { triggerHandlers } from "./triggers/trigger-handlers.ts";
import { Triggers } from "./triggers/triggers.ts";

export interface RunningServer {
  readonly url: string;
  /** What to show to whoever started it: how to sign in, on a first start. */
  readonly notices: readonly string[];
  /** Asks for new alerts now. */
  readonly poll: () => Promise<void>;
  /** Deletes now what retention no longer keeps. */
  readonly sweep: () => Promise<void>;
  /** Fires the schedules that are due now. */
  readonly fireSchedules: () => Promise<void>;
  /** Takes no more, lets what is under way end, and closes. */
  readonly close: () => Promise<void>;
}

const drainMs = 10_000;

/** Starts a server; the one place where the parts are wired together. */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const settings = settingsOf(options);
  await mkdir(settings.home, { recursive: true, mode: 0o700 });
  const redactor = new Redactor();
  const log = createLog(settings.logLevel, redactor);
  const key = await readKey(settings.home, settings.key);
  const opened = await openStore(settings.home, null, (error) => log.warn({ err: error }, "a connection to the database broke"));
  if (opened.kind !== "sqlite") throw new Error("Runs cannot be kept in PostgreSQL yet.");
  const { store } = opened;
  const people = new People(store);
  const sessions = new Sessions(store);
  const audit = new Audit(store, redactor);
  const notices = await addFirstPeople(people, settings);

  let catalog: IntegrationCatalog | null = null;
  const catalogNow = () => (catalog ??= catalogOf(integrations));
  const actions = () => catalogNow().actions;
  const shelf = new PlaybookShelf(store, { actions });
  const sealer = new Sealer(key);
  const connections = new Connections(store, sealer, redactor);
  await connections.load();
  if (settings.connectionsFile !== null) await readConnectionsFile(settings.connectionsFile, connections);
  const world = settings.sampleWorld && settings.connectionsFile === null ? await SampleWorld.start(connections) : null;
  await installLibrary(settings.library, shelf, log);

  const pdf = async (model: ReportModel) => (await import("./reports/render-report-pdf.ts")).renderReportPdf(model);
  const records = new CaseRecords(store, people);
  const ledger = new CaseLedger(store, people, records, async (run, step) => {
    const row = await store.first(store.sql.selectFrom("runs").select(["playbook_id", "playbook_version"]).where("id", "=", run));
    const found = row && (await shelf.read(row.playbook_id, row.playbook_version))?.playbook.steps[step];
    return found ? { name: found.name, integration: found.kind === "action" ? (found.action.split(".")[0] ?? null) : null } : null;
  });
  const desk = new StoredCaseDesk(store, people, records, ledger, pdf);
  const views = new CaseViews(store, people, records);
  const clients = new Clients(connections, (name) => (name === "cases" ? desk : undefined), log);
  const calls = new ActionCalls(clients, redactor, log);
  const scripts = new ScriptThreads();
  const playbookSettings = new SettingsShelf(store);
  await playbookSettings.load();
  const metrics: Metrics = new Metrics({
    runsByState: async () =>
      await store.all(
        store.sql
          .selectFrom("runs")
          .select((select) => ["status as state", select.fn.countAll<number>().as("count")])
          .groupBy("status"),
      ),
    watchers: () => live.watchers,
    queueDepth: () => engine.gauges.callsQueued,
    isAction: (action) => calls.facts(action) !== null,
  });
  const tracing = settings.tracing ? new (await import("./observe/run-tracing.ts")).RunTracing(process.env) : null;
  const engine = new EmbeddedEngine(opened.database, {
    playbooks: shelf,
    actions: calls,
    scripts,
    clock: { now: Date.now },
    caseSnapshot: async (id) => (await records.snapshot(id)) as Json,
    callsOf: (playbook) => playbookSettings.inForce(playbook).callsAtOnce,
    observe: { ...metrics.observer, ...tracing?.observer },
    onProblem: (problem) => log.error(problem, "the engine met a problem"),
  });
  engine.subscribe((_run, events) => metrics.runHappened(events));
  tracing?.follow({ engine, playbooks: shelf, log });
  const retention = new Retention({ store, settings: playbookSettings, audit, log, now: settings.now, deleteRuns: (families) => engine.deleteRuns(families) });
  const runs = new RunViews(store);
  const asks = new AskViews(store, async (id, version) => (await shelf.read(id, version))?.playbook ?? null);
  const intake = new AlertIntake({ store, shelf, engine, calls, log, pollMs: settings.pollMs });

  const { now } = settings;
  const triggers = new Triggers(store, sealer, now);
  const schedules = new Schedules({ store, engine, log, now });
  shelf.onPublish(() => triggers.disableOrphans().catch((error: unknown) => log.error({ err: error }, "triggers of a deleted playbook could not be turned off")));

  let recovered = false;
  let stopping = false;
  const handlers: Handlers = {
    ...sessionHandlers({ people, sessions, audit, sampleWorld: world !== null }),
    ...playbookHandlers({ store, shelf, audit }),
    ...runHandlers({ store, engine, shelf, runs, asks, audit }),
    ...caseHandlers({ store, engine, shelf, desk, views, records, calls, actions, pdf, audit }),
    ...integrationHandlers({ connections, clients, catalog: catalogNow, audit }),
    ...settingsHandlers({ store, settings: playbookSettings, retention, shelf, audit }),
    ...triggerHandlers({ store, engine, triggers, audit, now }),
    ...systemHandlers({ store, recovered: () => recovered, stopping: () => stopping, storeAvailable: () => engine.gauges.storeAvailable, intakeProblems: () => intake.problems() }),
    ...sampleHandlers({ world, audit, poll: () => intake.poll(), unmentionable: (viewer) => views.unmentionableAnywhere(viewer) }),
  };
  const api = apiRouter(handlers, { sessions, stopping: () => stopping, checkAnswers: settings.checkAnswers, guards: { signIn: signInLimit() } });
  const hooks = hookRouter({ store, engine, triggers, redactor, log, stopping: () => stopping, now });
  const http = createHttpServer(
    createApp({ log, api, hooks, metrics: serveMetrics(metrics, settings.metricsToken), designer: settings.designer, maxPlaybookBytes: settings.maxPlaybookBytes }),
  );
  http.requestTimeout = 120_000;
  const live = new LiveHub(http, { store, sessions, engine, shelf, runs, asks, cases: views, log });
  const tellRuns = async (caseId: string) => {
    const snapshot = await records.snapshot(caseId);
    if (snapshot !== null) await engine.caseChanged(caseId, snapshot as Json);
  };
  ledger.onChange((event) => {
    live.caseHappened(event);
    if (event.byPerson) void tellRuns(event.caseId).catch((error: unknown) => log.error({ err: error }, "runs could not hear of a changed case"));
  });

  http.listen(settings.port, settings.host);
  await Promise.race([once(http, "listening"), once(http, "error").then(([error]) => Promise.reject(error as Error))]);
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  const url = `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`;
  const { open, resumed } = await engine.recover();
  recovered = true;
  if (open > 0) log.info({ open, resumed }, "runs go on");
  await intake.start();
  retention.start();
  schedules.start();

  let closing: Promise<void> | null = null;
  const close = async () => {
    stopping = true;
    await intake.stop();
    await retention.stop();
    await schedules.stop();
    await engine.stop({ drainMs });
    await tracing?.close();
    await live.close();
    metrics.close();
    http.closeAllConnections();
    if (http.listening) await new Promise((resolve) => http.close(resolve));
    await clients.close();
    await scripts.close();
    await world?.close();
    await opened.close();
  };
  return { url, notices, sweep: () => retention.sweep(), poll: () => intake.poll(), fireSchedules: () => schedules.fireDue(), close: () => (closing ??= close()) };
}
