export { EmbeddedEngine, type EngineGauges } from "./embedded-engine.ts";
export { readStoredTrace } from "./read-stored-trace.ts";
export { type EngineLimits, engineLimits } from "./limits.ts";
export { type Database, openDatabase } from "./open-database.ts";
export { engineMigrations, migrate, type StoreMigration } from "../store/migrate.ts";
export type { AskRow, DoubtRow, EngineTables, RunEventsRow, RunRow } from "../store/tables.ts";
export { firstRunIdAt, newRunId } from "../store/run-id.ts";
export { type ScriptLimits, ScriptThreads } from "./script-threads.ts";
