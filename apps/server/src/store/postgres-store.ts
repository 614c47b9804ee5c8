import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { PostgresClient, PostgresDatabase } from "@drawbridge/engine/postgres";
import type { Kysely } from "kysely";
import type { Query, Store } from "./store.ts";
import type { ServerTables } from "./tables.ts";

const mostAttempts = 8;
/** Serialization failure, deadlock, and a row that somebody else has just inserted. */
const collisions = new Set(["40001", "40P01", "23505"]);

/** The store in PostgreSQL: a connection of the pool for each transaction. */
export class PostgresStore implements Store {
  readonly dialect = "postgres";
  readonly sql: Kysely<ServerTables>;
  readonly #pool: PostgresDatabase["pool"];
  readonly #transaction = new AsyncLocalStorage<{ readonly client: PostgresClient; open: boolean }>();

  constructor(database: PostgresDatabase<ServerTables>) {
    this.sql = database.kysely;
    this.#pool = database.pool;
  }

  async all<Row>(query: Query<Row>): Promise<Row[]> {
    return (await this.#send(query)).rows as Row[];
  }

  async first<Row>(query: Query<Row>): Promise<Row | undefined> {
    return (await this.#send(query)).rows[0] as Row | undefined;
  }

  async run(query: Query<unknown>): Promise<number> {
    return (await this.#send(query)).rowCount ?? 0;
  }

  async atomically<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#inside()) return work();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (attempt >= mostAttempts || !collided(error)) throw error;
        await pause(Math.random() * 10 * 2 ** Math.min(attempt, 6));
      }
    }
  }

  async lock(name: string): Promise<void> {
    const inside = this.#inside();
    if (!inside) throw new Error("A lock is held by a transaction; there is none.");
    await inside.client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [name]);
  }

  async #once<Result>(work: () => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    const transaction = { client, open: true };
    let broken: Error | undefined;
    // A connection that breaks in between is told by the query under way, and must not end the process.
    const onError = (error: Error): void => void (broken = error);
    client.on("error", onError);
    try {
      await client.query("begin");
      const result = await this.#transaction.run(transaction, work);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch((refused: Error) => void (broken = refused));
      throw error;
    } finally {
      transaction.open = false;
      client.off("error", onError);
      client.release(broken);
    }
  }

  #send(query: Query<unknown>) {
    const { sql, parameters } = query.compile();
    return (this.#inside()?.client ?? this.#pool).query(sql, parameters.map(storable));
  }

  #inside() {
    const transaction = this.#transaction.getStore();
    return transaction?.open === true ? transaction : null;
  }
}

/** PostgreSQL keeps no text with a null character. */
const storable = (value: unknown): unknown => (typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value);

const collided = (error: unknown): boolean => error instanceof Error && "code" in error && typeof error.code === "string" && collisions.has(error.code);
