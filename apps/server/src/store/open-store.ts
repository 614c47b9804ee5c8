import { join } from "node:path";
import { type Database, engineMigrations, migrate, openDatabase } from "@drawbridge/engine/embedded";
import type { PostgresDatabase } from "@drawbridge/engine/postgres";
import { server } from "./migrations/0001-server.ts";
import { triggers } from "./migrations/0002-triggers.ts";
import { settings } from "./migrations/0003-settings.ts";
import { processes } from "./migrations/0004-processes.ts";
import { drafts } from "./migrations/0005-drafts.ts";
import { playbookUses } from "./migrations/0006-playbook-uses.ts";
import { versionSizes } from "./migrations/0007-version-sizes.ts";
import { runSearch } from "./migrations/0008-run-search.ts";
import { scenarios } from "./migrations/0009-scenarios.ts";
import { StartError } from "../start-error.ts";
import { PostgresStore } from "./postgres-store.ts";
import { SqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";
import type { ServerTables } from "./tables.ts";

/** A migrated store and the database that it is in. */
export type OpenStore = { readonly store: Store; readonly close: () => Promise<void> } & (
  { readonly kind: "sqlite"; readonly database: Database<ServerTables> } | { readonly kind: "postgres"; readonly database: PostgresDatabase<ServerTables> }
);

const storeMigrations = [...engineMigrations, server, triggers, settings, processes, drafts, playbookUses, versionSizes, runSearch, scenarios];
/** The engine takes about as many once more; PostgreSQL allows 100 in all unless it is told otherwise. */
const connections = 8;

/** Opens PostgreSQL at `url`, without one SQLite in the home folder, and brings its tables up to date. */
export async function openStore(home: string, url: string | null, onProblem: (error: Error) => void): Promise<OpenStore> {
  if (url === null) {
    const database = openDatabase<ServerTables>(join(home, "drawbridge.sqlite"));
    await upToDate(() => migrate(database.kysely, storeMigrations), database);
    const store = new SqliteStore(database);
    return {
      kind: "sqlite",
      store,
      database,
      close: async () => {
        store.close();
        await database.close();
      },
    };
  }
  const { openPostgres } = await import("@drawbridge/engine/postgres");
  const database = openPostgres<ServerTables>(url, { connections, onProblem });
  await answers(database, url);
  await upToDate(() => migrate(database.kysely, storeMigrations), database);
  return { kind: "postgres", store: new PostgresStore(database), database, close: () => database.close() };
}

async function upToDate(bring: () => Promise<unknown>, database: { close(): Promise<void> }): Promise<void> {
  try {
    await bring();
  } catch (error) {
    await database.close();
    if (error instanceof Error && error.message.includes("corrupted migrations"))
      throw new StartError("newer-database", "The database was written by a newer version of Drawbridge; start that version, or give another database.", error);
    throw error;
  }
}

async function answers(database: PostgresDatabase<ServerTables>, url: string): Promise<void> {
  try {
    await database.pool.query("select 1");
  } catch (error) {
    await database.close();
    const { hostname, port, pathname } = new URL(url);
    const why = error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error);
    throw new StartError("database-unreachable", `PostgreSQL at ${hostname}:${port || "5432"}${pathname} lets nobody in: ${why}`, error);
  }
}
