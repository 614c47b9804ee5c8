import { askRoutes } from "./routes/asks.ts";
import { backtestRoutes } from "./routes/backtest.ts";
import { caseRoutes } from "./routes/cases.ts";
import { integrationRoutes } from "./routes/integrations.ts";
import { libraryRoutes } from "./routes/library.ts";
import { playbookRoutes } from "./routes/playbooks.ts";
import { runSearchRoutes } from "./routes/run-search.ts";
import { runRoutes } from "./routes/runs.ts";
import { scenarioRoutes } from "./routes/scenarios.ts";
import { sessionRoutes } from "./routes/session.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { systemRoutes } from "./routes/system.ts";
import { triggerRoutes } from "./routes/triggers.ts";

/** Every HTTP route by its operation name. */
export const routes = {
  ...sessionRoutes,
  ...playbookRoutes,
  ...backtestRoutes,
  ...libraryRoutes,
  ...runSearchRoutes,
  ...runRoutes,
  ...scenarioRoutes,
  ...askRoutes,
  ...caseRoutes,
  ...integrationRoutes,
  ...settingsRoutes,
  ...triggerRoutes,
  ...systemRoutes,
};
export type RouteName = keyof typeof routes;

export { type ClientToServer, type LiveMessages, liveMessages, type ServerToClient, type WatchAnswer, watchAnswer, type WatchRequest, watchRequest } from "./live.ts";
export { type Problem, type ProblemCode, problem, problemCodes } from "./problem.ts";
export { defineRoute, type Role, type Route, roles } from "./route.ts";
export type { AskView } from "./routes/asks.ts";
export type { BacktestResult } from "./routes/backtest.ts";
export type { CaseDetail, CaseSummary, Evidence, FileEvent, SlaClockView, WarRoomEntry } from "./routes/cases.ts";
export type { ActionTrial, ConnectionView, IntegrationFacts } from "./routes/integrations.ts";
export type { ImportPlan, PlaybookUses } from "./routes/library.ts";
export type { PlaybookDraft, PlaybookSummary, VersionSize } from "./routes/playbooks.ts";
export { type PlaybookRuns, type RunQuery, runQuery, runSpans, type RunStats, type SavedRunView } from "./routes/run-search.ts";
export type { CallRecord, RunSummary } from "./routes/runs.ts";
export type { MaskedValue, SavedScenario } from "./routes/scenarios.ts";
export type { Session } from "./routes/session.ts";
export type { PlaybookSettings } from "./routes/settings.ts";
export type { TriggerView } from "./routes/triggers.ts";
export type { Person } from "./shared.ts";
export { entriesOf, findIn, partOf, type ValueEntry, type ValueMatches, type ValuePart } from "./value-parts.ts";
