import { join } from "node:path";
import { type Database, engineMigrations, migrate, openDatabase } from "@drawbridge/engine/embedded";
import { openPostgres, type PostgresDatabase } from "@drawbridge/engine/postgres";
import { server } from "./migrations/0001-server.ts";
import { triggers } from "./migrations/0002-triggers.ts";
import { settings } from "./migrations/0003-settings.ts";
import { PostgresStore } from "./postgres-store.ts";
import { SqliteStore } from "./sqlite-store.ts";
import type { Store } from "./store.ts";
import type { ServerTables } from "./tables.ts";

/** A migrated store and the database that it is in. */
export type OpenStore = { readonly store: Store; readonly close: () => Promise<void> } & (
  { readonly kind: "sqlite"; readonly database: Database<ServerTables> } | { readonly kind: "postgres"; readonly database: PostgresDatabase<ServerTables> }
);

const storeMigrations = [...engineMigrations, server, triggers, settings];

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
  const database = openPostgres<ServerTables>(url, { connections: 16, onProblem });
  await upToDate(() => migrate(database.kysely, storeMigrations), database);
  return { kind: "postgres", store: new PostgresStore(database), database, close: () => database.close() };
}

async function upToDate(bring: () => Promise<unknown>, database: { close(): Promise<void> }): Promise<void> {
  try {
    await bring();
  } catch (error) {
    await database.close();
    if (error instanceof Error && error.message.includes("corrupted migrations"))
      throw new Error("The database was written by a newer version of Drawbridge; start that version, or give another database.", { cause: error });
    throw error;
  }
}
