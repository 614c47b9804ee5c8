import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import type { EngineTables } from "../store/tables.ts";

/** One SQLite file: `raw` for the engine's prepared statements, `kysely` for everything else, on the same connection. */
export interface Database<Tables = EngineTables> {
  readonly raw: Sqlite.Database;
  readonly kysely: Kysely<Tables>;
  close(): Promise<void>;
}

/** Opens or creates the file: WAL, every commit synced. */
export function openDatabase<Tables extends EngineTables = EngineTables>(path: string): Database<Tables> {
  const raw = new Sqlite(path);
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  raw.pragma("busy_timeout = 5000");
  raw.pragma("foreign_keys = ON");
  raw.pragma("cache_size = -32000");
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) });
  return {
    raw,
    kysely,
    close: async () => {
      await kysely.destroy();
      if (raw.open) raw.close();
    },
  };
}
