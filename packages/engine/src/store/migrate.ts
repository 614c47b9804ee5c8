import { type Kysely, Migrator } from "kysely";
import { runs } from "./migrations/0001-runs.ts";
import { deletedRuns } from "./migrations/0003-deleted-runs.ts";
import { runSnapshots } from "./migrations/0002-run-snapshots.ts";
import { callRecords } from "./migrations/0005-call-records.ts";
import { workers } from "./migrations/0004-workers.ts";

/** One step forwards of the store's schema. Names sort in the order in which they run. */
export interface StoreMigration {
  readonly name: string;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** The engine's own tables; a server appends its migrations to these. */
export const engineMigrations: readonly StoreMigration[] = [runs, runSnapshots, deletedRuns, workers, callRecords];

/** Runs what has not run yet, in the order of names; throws what the failing migration threw. */
export async function migrate<Tables>(db: Kysely<Tables>, migrations: readonly StoreMigration[]): Promise<readonly string[]> {
  const migrator = new Migrator({
    db,
    allowUnorderedMigrations: true,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(migrations.map((each) => [each.name, { up: each.up }]))) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).map((each) => each.migrationName);
}
