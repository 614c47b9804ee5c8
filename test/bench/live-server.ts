import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import type { RunSummary } from "@drawbridge/protocol";
import Sqlite from "better-sqlite3";
import { emptyHome, removeHome, type ServerProcess, startServerProcess } from "../server-process.ts";
import { livePlaybook } from "./live-playbook.ts";

const admin = { email: "admin@qrst.com", password: "a long bench password" };
const analysts = 10;

/** The built server in a process of its own with one connection, one playbook and ten analysts. */
export class LiveServer {
  readonly process: ServerProcess;
  readonly #api: ApiClient;
  readonly admin = admin;
  /** The cookies of the analysts. */
  readonly cookies: readonly string[];

  private constructor(process: ServerProcess, api: ApiClient, cookies: readonly string[]) {
    this.process = process;
    this.#api = api;
    this.cookies = cookies;
  }

  static async start(vendor: string): Promise<LiveServer> {
    const home = await emptyHome();
    const connectionsFile = join(home, "connections.json");
    await writeFile(connectionsFile, JSON.stringify({ vendor: { integration: "http", settings: { baseUrl: vendor, authentication: "none" }, allowPrivateNetwork: true } }), {
      mode: 0o600,
    });
    const environment = {
      DRAWBRIDGE_SAMPLE_WORLD: "0",
      DRAWBRIDGE_LOG_LEVEL: "warn",
      DRAWBRIDGE_ADMIN_EMAIL: admin.email,
      DRAWBRIDGE_ADMIN_PASSWORD: admin.password,
      DRAWBRIDGE_CONNECTIONS_FILE: connectionsFile,
      NODE_ENV: "production",
    };
    const process = await startServerProcess({ home, environment });
    try {
      const api = await new ApiClient(process.url).signIn(admin.email, admin.password);
      const answer = await api.send("createPlaybook", { body: livePlaybook });
      const { etag } = (await answer.json()) as { readonly etag: string };
      await api.call("publish", { params: { id: livePlaybook.id }, body: { note: "first" }, headers: { "if-match": etag } });
      addAnalysts(join(home, "drawbridge.sqlite"));
      const cookies: string[] = [];
      for (let index = 0; index < analysts; index += 1) cookies.push((await new ApiClient(process.url).signIn(emailOf(index), admin.password)).cookie);
      return new LiveServer(process, api, cookies);
    } catch (error) {
      await process.kill();
      await removeHome(home);
      throw error;
    }
  }

  async run(path: string, items: number): Promise<string> {
    const input = { path, items: Array.from({ length: items }, (_each, index) => index) };
    return (await this.#api.call<{ readonly id: string }>("startRun", { body: { playbook: livePlaybook.id, input } })).id;
  }

  /** Resolves with the run when it has ended. */
  async ended(run: string): Promise<RunSummary> {
    for (;;) {
      const { run: summary } = await this.#api.call<{ readonly run: RunSummary }>("getRun", { params: { id: run } });
      if (summary.endedAt !== null) return summary;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async cancel(run: string): Promise<void> {
    await this.#api.call("cancelRun", { params: { id: run }, body: {} });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await removeHome(this.process.home);
  }
}

const emailOf = (index: number): string => `analyst-${index}@qrst.com`;

/** There is no route that adds people; these have the administrator's password. */
function addAnalysts(file: string): void {
  const database = new Sqlite(file);
  const add = database.prepare(
    "insert into people (id, email, name, role, password_hash, alert_types, on_call) select ?, ?, ?, 'analyst', password_hash, alert_types, on_call from people where email = ?",
  );
  for (let index = 0; index < analysts; index += 1) add.run(`analyst-${index}`, emailOf(index), `Analyst ${index}`, admin.email);
  database.close();
}
