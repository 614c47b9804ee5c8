import type { CompiledQuery, Kysely } from "kysely";
import type { ServerTables } from "./tables.ts";

export interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/** The tables, in SQLite or PostgreSQL. Queries inside of `atomically` belong to its transaction; those outside see only what is committed. */
export interface Store {
  readonly dialect: "sqlite" | "postgres";
  /** For building queries; they are carried out by the methods below. */
  readonly sql: Kysely<ServerTables>;
  all<Row>(query: Query<Row>): Promise<Row[]>;
  first<Row>(query: Query<Row>): Promise<Row | undefined>;
  /** Carries out a change and tells how many rows it touched. */
  run(query: Query<unknown>): Promise<number>;
  /** All or nothing, durable when it resolves; an inner one belongs to the outer one. `work` may be carried out again when it met another, so it changes nothing but the store. */
  atomically<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Within `atomically`: waits until nobody else holds the name, and holds it to the end. Read after it what the name protects. */
  lock(name: string): Promise<void>;
}
