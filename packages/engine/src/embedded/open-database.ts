import Sqlite from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver } from "kysely";
import type { EngineTables } from "../store/tables.ts";

/** One SQLite file: `raw` and `kysely` share a connection; the engine writes on another. Write in `raw.transaction(…).immediate()`. */
export interface Database<Tables = EngineTables> {
  readonly raw: Sqlite.Database;
  readonly kysely: Kysely<Tables>;
  close(): Promise<void>;
}

/** Transactions take the write lock when they begin: one that read first could not write after the engine's thread has. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

class ImmediateDialect extends SqliteDialect {
  private readonly database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database });
    this.database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: this.database });
  }
}

/** Opens or creates the file: WAL, every commit synced. */
export function openDatabase<Tables extends EngineTables = EngineTables>(path: string): Database<Tables> {
  const raw = new Sqlite(path);
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  raw.pragma("busy_timeout = 5000");
  raw.pragma("foreign_keys = ON");
  raw.pragma("cache_size = -32000");
  const kysely = new Kysely<Tables>({ dialect: new ImmediateDialect(raw) });
  return {
    raw,
    kysely,
    close: async () => {
      await kysely.destroy();
      if (raw.open) raw.close();
    },
  };
}
