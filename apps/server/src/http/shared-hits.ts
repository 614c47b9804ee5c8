import { createHash } from "node:crypto";
import type { ClientRateLimitInfo, Options, Store as HitStore } from "express-rate-limit";
import { sql } from "kysely";
import type { Store } from "../store/store.ts";

const tidyEvery = 500;

/** Counts requests in PostgreSQL, so that a limit holds for all processes together. Keys are kept hashed. */
export class SharedHits implements HitStore {
  readonly localKeys = false;
  readonly prefix: string;
  readonly #store: Store;
  #windowMs = 60_000;
  #counted = 0;

  constructor(store: Store, prefix: string) {
    this.#store = store;
    this.prefix = prefix;
  }

  init({ windowMs }: Options): void {
    this.#windowMs = windowMs;
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    this.#counted += 1;
    if (this.#counted % tidyEvery === 0) await this.#change(sql`delete from rate_hits where resets_at <= ${databaseNow}`);
    const row = await this.#change<{ hits: number; resets_at: number }>(sql`
      insert into rate_hits (id, hits, resets_at) values (${this.#id(key)}, 1, ${databaseNow} + ${this.#windowMs}::bigint)
      on conflict (id) do update set
        hits = case when rate_hits.resets_at <= ${databaseNow} then 1 else rate_hits.hits + 1 end,
        resets_at = case when rate_hits.resets_at <= ${databaseNow} then excluded.resets_at else rate_hits.resets_at end
      returning hits, resets_at`);
    return { totalHits: row?.hits ?? 1, resetTime: new Date(row?.resets_at ?? Date.now() + this.#windowMs) };
  }

  async decrement(key: string): Promise<void> {
    await this.#change(sql`update rate_hits set hits = greatest(hits - 1, 0) where id = ${this.#id(key)}`);
  }

  async resetKey(key: string): Promise<void> {
    await this.#change(sql`delete from rate_hits where id = ${this.#id(key)}`);
  }

  #id(key: string): string {
    return createHash("sha256").update(`${this.prefix} ${key}`).digest("base64url");
  }

  #change<Row>(statement: ReturnType<typeof sql<Row>>): Promise<Row | undefined> {
    return this.#store.first<Row>({ compile: () => statement.compile(this.#store.sql) });
  }
}

const databaseNow = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
