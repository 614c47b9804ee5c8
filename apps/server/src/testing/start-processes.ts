import { randomBytes } from "node:crypto";
import { openPostgres } from "@drawbridge/engine/postgres";
import { freshPostgres } from "@drawbridge/engine/testing";
import type { ServerOptions } from "../options.ts";
import { startTestServer, TestClient, type TestServer } from "./test-server.ts";

export interface Processes {
  readonly url: string;
  readonly key: string;
  /** Starts one more. */
  readonly add: (options?: Partial<ServerOptions>) => Promise<TestServer>;
  /** Ends the connections whose pids a query tells, and tells how many. */
  readonly cut: (pids: string) => Promise<number>;
  /** How many rows a query tells. */
  readonly count: (query: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Processes over one empty database on the tests' PostgreSQL server, each with a home of its own and the same key. */
export async function startProcesses(): Promise<Processes> {
  const { url, drop } = await freshPostgres();
  const key = randomBytes(32).toString("hex");
  const running = new Set<TestServer>();
  const ask = async (query: string): Promise<number> => {
    const database = openPostgres(url, { connections: 1 });
    const { rows } = await database.pool.query<{ count: number }>(query);
    await database.close();
    return rows[0]?.count ?? 0;
  };
  return {
    url,
    key,
    add: async (options = {}) => {
      const server = await startTestServer({ databaseUrl: url, key, ...options });
      running.add(server);
      const close = async () => {
        if (running.delete(server)) await server.close();
      };
      return {
        ...server,
        get url() {
          return server.url;
        },
        close,
      };
    },
    cut: (pids) => ask(`select count(pg_terminate_backend(pid)) as count from pg_stat_activity where datname = current_database() and pid in (${pids})`),
    count: (query) => ask(`select count(*) as count from (${query}) as rows`),
    close: async () => {
      for (const server of running) await server.close();
      await drop();
    },
  };
}

/** The same session at another server. */
export function at(server: TestServer, client: TestClient): TestClient {
  return Object.assign(new TestClient(server.url), { cookie: client.cookie, csrf: client.csrf });
}
