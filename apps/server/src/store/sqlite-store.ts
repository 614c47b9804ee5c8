import { AsyncLocalStorage } from "node:async_hooks";
import Sqlite, { type Database as Connection, type Statement } from "better-sqlite3";
import type { Database } from "@drawbridge/engine/embedded";
import type { Kysely } from "kysely";
import { Mutex } from "./mutex.ts";
import type { Query, Store } from "./store.ts";
import type { ServerTables } from "./tables.ts";

const mostPrepared = 400;

/** The store in the engine's SQLite file: one connection for transactions and writes, one after the other, and one for reads beside them. */
export class SqliteStore implements Store {
  readonly dialect = "sqlite";
  readonly sql: Kysely<ServerTables>;
  readonly #writer: Statements;
  readonly #reader: Statements;
  readonly #writing = new Mutex();
  readonly #transaction = new AsyncLocalStorage<{ open: boolean }>();

  constructor(database: Database<ServerTables>) {
    this.sql = database.kysely;
    this.#writer = new Statements(database.raw);
    this.#reader = new Statements(new Sqlite(database.raw.name, { readonly: true, timeout: 5_000 }));
  }

  async all<Row>(query: Query<Row>): Promise<Row[]> {
    const { sql, parameters } = query.compile();
    return this.#readable()
      .prepare(sql)
      .all(...parameters) as Row[];
  }

  async first<Row>(query: Query<Row>): Promise<Row | undefined> {
    const { sql, parameters } = query.compile();
    return this.#readable()
      .prepare(sql)
      .get(...parameters) as Row | undefined;
  }

  run(query: Query<unknown>): Promise<number> {
    const { sql, parameters } = query.compile();
    const change = async () => this.#writer.prepare(sql).run(...parameters).changes;
    return this.#inside() ? change() : this.#writing.hold(change);
  }

  atomically<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#inside()) return work();
    return this.#writing.hold(async () => {
      const transaction = { open: true };
      this.#writer.prepare("begin immediate").run();
      try {
        const result = await this.#transaction.run(transaction, work);
        this.#writer.prepare("commit").run();
        return result;
      } catch (error) {
        if (this.#writer.connection.inTransaction) this.#writer.prepare("rollback").run();
        throw error;
      } finally {
        transaction.open = false;
      }
    });
  }

  /** Transactions come one after the other anyway. */
  lock(): Promise<void> {
    return Promise.resolve();
  }

  /** Closes the connection for reads; the other one is the database's. */
  close(): void {
    this.#reader.connection.close();
  }

  #inside(): boolean {
    return this.#transaction.getStore()?.open === true;
  }

  #readable(): Statements {
    return this.#inside() ? this.#writer : this.#reader;
  }
}

/** The prepared statements of a connection. `lower` knows all letters, as PostgreSQL's does. */
class Statements {
  readonly connection: Connection;
  readonly #prepared = new Map<string, Statement<unknown[]>>();

  constructor(connection: Connection) {
    this.connection = connection;
    connection.function("lower", { deterministic: true }, (text: unknown) => (typeof text === "string" ? text.toLowerCase() : text));
  }

  prepare(sql: string): Statement<unknown[]> {
    const known = this.#prepared.get(sql);
    if (known) return known;
    if (this.#prepared.size > mostPrepared) this.#prepared.clear();
    const fresh = this.connection.prepare<unknown[]>(sql);
    this.#prepared.set(sql, fresh);
    return fresh;
  }
}
