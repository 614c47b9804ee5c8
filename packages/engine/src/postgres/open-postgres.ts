import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { EngineTables } from "../store/tables.ts";

/** A PostgreSQL database: `kysely` works on connections of `pool`. */
export interface PostgresDatabase<Tables = EngineTables> {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly kysely: Kysely<Tables>;
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** Connections at most, 10 when left out. */
  readonly connections?: number;
  /** Hears of connections that broke while nobody used them. */
  readonly onProblem?: (error: Error) => void;
}

const int8 = 20;
const numeric = 1700;

/** Counts and epoch times are far below 2^53, so they are numbers as in SQLite. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === int8 || oid === numeric ? Number : (pg.types.getTypeParser(oid, format as "text") as (value: string) => unknown),
} as pg.CustomTypesConfig;

/** Opens a pool of connections; nothing is connected before it is needed. */
export function openPostgres<Tables extends EngineTables = EngineTables>(url: string, { connections = 10, onProblem }: PostgresOptions = {}): PostgresDatabase<Tables> {
  const pool = new pg.Pool({ connectionString: url, max: connections, types, connectionTimeoutMillis: 10_000, application_name: "drawbridge" });
  pool.on("error", (error) => onProblem?.(error));
  // A connection that breaks while it is out tells whoever has it through its query.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    url,
    pool,
    kysely,
    close: async () => {
      await kysely.destroy();
      // Kysely leaves a pool open that it has not used.
      if (!pool.ended) await pool.end();
    },
  };
}
