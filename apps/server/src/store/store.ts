import type { CompiledQuery } from "kysely";
import type { Statement } from "better-sqlite3";
import type { Database } from "@drawbridge/engine/embedded";
import type { ServerTables } from "./tables.ts";

interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/** Typed queries on the engine's SQLite connection. They run at once, so that no other write comes between those of `atomically`. */
export class Store {
  readonly database: Database<ServerTables>;
  readonly #prepared = new Map<string, Statement<unknown[]>>();

  constructor(database: Database<ServerTables>) {
    this.database = database;
  }

  get sql() {
    return this.database.kysely;
  }

  all<Row>(query: Query<Row>): Row[] {
    const { sql, parameters } = query.compile();
    return this.#prepare(sql).all(...parameters) as Row[];
  }

  first<Row>(query: Query<Row>): Row | undefined {
    const { sql, parameters } = query.compile();
    return this.#prepare(sql).get(...parameters) as Row | undefined;
  }

  /** Carries out a change and tells how many rows it touched. */
  run(query: Query<unknown>): number {
    const { sql, parameters } = query.compile();
    return this.#prepare(sql).run(...parameters).changes;
  }

  /** All or nothing, durable when it returns. `work` must not wait for anything. */
  atomically<Result>(work: () => Result): Result {
    return this.database.raw.inTransaction ? work() : this.database.raw.transaction(work).immediate();
  }

  #prepare(sql: string): Statement<unknown[]> {
    const known = this.#prepared.get(sql);
    if (known) return known;
    if (this.#prepared.size > 400) this.#prepared.clear();
    const fresh = this.database.raw.prepare<unknown[]>(sql);
    this.#prepared.set(sql, fresh);
    return fresh;
  }
}
