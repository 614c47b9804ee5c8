import type { Server } from "node:http";
import { createServer as createHttpServer } from "node:http";
import type { Json } from "@drawbridge/playbook";
import { backtestHandlers } from "./backtest/backtest-handlers.ts";
import { caseHandlers } from "./cases/case-handlers.ts";
import { CaseViews } from "./cases/case-views.ts";
import type { Closing } from "./closing.ts";
import { integrationHandlers } from "./connections/integration-handlers.ts";
import { apiRouter } from "./http/api-router.ts";
import { createApp } from "./http/create-app.ts";
import { hangUp } from "./http/hang-up.ts";
import type { Handlers } from "./http/handlers.ts";
import { SharedHits } from "./http/shared-hits.ts";
import { LiveHub } from "./live/live-hub.ts";
import { serveMetrics } from "./observe/serve-metrics.ts";
import { libraryHandlers } from "./playbooks/library-handlers.ts";
import { playbookHandlers } from "./playbooks/playbook-handlers.ts";
import { Retention } from "./retention/retention.ts";
import { settingsHandlers } from "./retention/settings-handlers.ts";
import { AskViews } from "./runs/ask-views.ts";
import { FailedSteps } from "./runs/failed-steps.ts";
import { runHandlers } from "./runs/run-handlers.ts";
import { RunSearch } from "./runs/run-search.ts";
import { runSearchHandlers } from "./runs/run-search-handlers.ts";
import { RunViews } from "./runs/run-views.ts";
import { SavedRunViews } from "./runs/saved-run-views.ts";
import { sampleHandlers } from "./sample-world/sample-handlers.ts";
import type { WorldSeat } from "./sample-world/world-seat.ts";
import { scenarioHandlers } from "./scenarios/scenario-handlers.ts";
import { ScenarioShelf } from "./scenarios/scenario-shelf.ts";
import { sessionHandlers } from "./sign-in/session-handlers.ts";
import { Sessions } from "./sign-in/sessions.ts";
import { signInLimit } from "./sign-in/sign-in-limit.ts";
import { systemHandlers } from "./system-handlers.ts";
import { hookRouter } from "./triggers/hook-router.ts";
import { triggerHandlers } from "./triggers/trigger-handlers.ts";
import type { RunParts } from "./wire-runs.ts";

/** Wires what people, browsers and webhooks use. */
export function wireApi(parts: RunParts, world: WorldSeat, closing: Closing): Server {
  const { settings, log, store, bus, people, audit, news, shelf, redactor, connections, clients, calls, actions, catalogNow: catalog } = parts;
  const { records, ledger, desk, pdf, playbookSettings, metrics, watching, engine, inputs, deleteRuns, triggers, duties, state } = parts;
  const { now } = settings;
  const sessions = new Sessions(store, bus);
  const views = new CaseViews(store, people, records);
  const runs = new RunViews(store);
  const versionOf = async (id: string, version: number) => (await shelf.read(id, version))?.playbook ?? null;
  const failedSteps = new FailedSteps(store, versionOf);
  const search = new RunSearch({ store, runs, inputs, failedSteps, now });
  const asks = new AskViews(store, versionOf);
  // Counts only: whoever has the duty deletes.
  const retention = new Retention({ store, settings: playbookSettings, audit, log, now, deleteRuns });
  closing.add(() => retention.stop());
  const stopping = () => state.stopping;
  const storeAvailable = () => engine.gauges.storeAvailable;
  const hits = (what: string) => (store.dialect === "postgres" ? new SharedHits(store, what) : undefined);
  const handlers: Handlers = {
    ...sessionHandlers({ people, sessions, audit, sampleWorld: async () => (await world.find()) !== null }),
    ...playbookHandlers({ store, shelf, audit }),
    ...backtestHandlers({ store, engine, shelf, runs, facts: (action) => calls.facts(action) }),
    ...libraryHandlers({ store, shelf, audit, catalog: { actions } }),
    ...runSearchHandlers({ search, saved: new SavedRunViews(store) }),
    ...runHandlers({ store, engine, shelf, runs, asks, audit }),
    ...scenarioHandlers({ store, engine, shelf, runs, scenarios: new ScenarioShelf(store), redactor, audit }),
    ...caseHandlers({ store, engine, shelf, desk, views, records, calls, actions, pdf, audit }),
    ...integrationHandlers({ connections, clients, catalog, audit, calls, redactor }),
    ...settingsHandlers({ store, settings: playbookSettings, retention, shelf, audit }),
    ...triggerHandlers({ store, engine, triggers, audit, now }),
    ...systemHandlers({ store, recovered: () => state.recovered, stopping, storeAvailable, intakeProblems: () => duties.intakeProblems }),
    ...sampleHandlers({ world: () => world.find(), audit, poll: () => duties.poll(), unmentionable: (viewer) => views.unmentionableAnywhere(viewer) }),
  };
  const api = apiRouter(handlers, { sessions, stopping, checkAnswers: settings.checkAnswers, guards: { signIn: signInLimit(hits) } });
  const hooks = hookRouter({ store, engine, triggers, redactor, log, stopping, now, hits: hits("hook") });
  const { designer, maxPlaybookBytes, metricsToken } = settings;
  const http = createHttpServer(createApp({ log, api, hooks, metrics: serveMetrics(metrics, metricsToken), designer, maxPlaybookBytes }));
  http.requestTimeout = 120_000;
  closing.add(() => hangUp(http));

  const live = new LiveHub(http, { store, bus, people, news, sessions, engine, shelf, runs, failedSteps, asks, cases: views, log });
  closing.add(() => live.close());
  watching.count = () => live.watchers;
  engine.subscribe((_run, events) => metrics.runHappened(events));
  const tellRuns = async (caseId: string) => {
    const snapshot = await records.snapshot(caseId);
    if (snapshot !== null) await engine.caseChanged(caseId, snapshot as Json);
  };
  ledger.onChange((event) => {
    live.caseHappened(event);
    if (event.byPerson) void tellRuns(event.caseId).catch((error: unknown) => log.error({ err: error }, "runs could not hear of a changed case"));
  });
  bus.onMissed(() => live.reconnectAll());
  return http;
}
