import { DistributedEngine, type EngineRole } from "@drawbridge/engine/distributed";
import { engineMigrations, migrate } from "@drawbridge/engine/embedded";
import { openPostgres, type PostgresDatabase } from "@drawbridge/engine/postgres";
import { freshPostgres } from "@drawbridge/engine/testing";
import { expect } from "vitest";
import { ContractHost } from "./contract-host.ts";
import type { ContractSubject, ContractWorld, WorldOptions } from "./subject.ts";

/** A process that takes requests, one that carries out, and one that does both. */
const roles: readonly EngineRole[] = ["server", "worker", "all"];

const workers = roles.filter((role) => role !== "server").length;

/** The engine of several processes over a database of their own. */
export const distributed: ContractSubject = {
  name: "the distributed engine, on PostgreSQL (DRAWBRIDGE_TEST_DATABASE_URL)",
  open: async (options) => {
    const fresh = await freshPostgres();
    const database = openPostgres(fresh.url, { connections: 2 });
    await migrate(database.kysely, engineMigrations);
    const world = new DistributedWorld(options, database, fresh.drop);
    await world.open();
    return world;
  },
};

class DistributedWorld implements ContractWorld {
  readonly host: ContractHost;
  readonly database: PostgresDatabase;
  engines: DistributedEngine[] = [];
  private readonly drop: () => Promise<void>;
  private readonly options: WorldOptions;

  constructor(options: WorldOptions, database: PostgresDatabase, drop: () => Promise<void>) {
    this.options = options;
    this.host = new ContractHost(options);
    this.database = database;
    this.drop = drop;
  }

  get store(): PostgresDatabase["kysely"] {
    return this.database.kysely;
  }

  async open(): Promise<void> {
    const { limits = {} } = this.options;
    this.engines = roles.map((role) => new DistributedEngine(this.database, this.host, { role, limits, connections: 5 }));
    await Promise.all(this.engines.map((engine) => engine.recover()));
  }

  async crash(): Promise<void> {
    await Promise.all(this.engines.splice(0).map((engine) => engine.stop()));
  }

  async settled(): Promise<void> {
    await expect.poll(() => this.engines.map(({ gauges }) => gauges.workers), { timeout: 20_000 }).toEqual(this.engines.map(() => workers));
  }

  /** The database's own clock cannot be set: what it is to hand out is moved towards it instead. */
  async jump(ms: number): Promise<void> {
    await this.crash();
    this.host.ahead += ms;
    await this.database.pool.query("update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1)", [ms / 1_000]);
    await this.open();
  }

  async blockStore(): Promise<() => Promise<void>> {
    const { pool } = this.database;
    const name = new URL(this.database.url).pathname.slice(1);
    const server = openPostgres(Object.assign(new URL(this.database.url), { pathname: "/postgres" }).href, { connections: 1 });
    await pool.query("select 1");
    await server.pool.query(`alter database ${name} allow_connections false`);
    await server.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
    return async () => {
      await server.pool.query(`alter database ${name} allow_connections true`);
      await server.close();
    };
  }

  async close(): Promise<void> {
    await this.crash();
    await this.host.scripts.close();
    await this.database.close();
    await this.drop();
  }
}
