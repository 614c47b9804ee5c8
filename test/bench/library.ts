import { join } from "node:path";
import { ApiClient } from "@drawbridge/cli/api-client";
import { openPostgres } from "@drawbridge/engine/postgres";
import Sqlite from "better-sqlite3";
import { emptyHome, removeHome, startServerProcess } from "../server-process.ts";
import { median, type Report, rounded } from "./figure.ts";

const playbooks = 10_000;
const perImport = 500;
const runsOf = 2_000;
const runsEach = 20;
const rounds = 9;

const words = ["phishing", "leaver", "malware", "exposure", "sign-in", "travel", "endpoint", "mailbox", "token", "share"];
const word = (index: number) => words[index % words.length] ?? "";

const playbookAt = (index: number) => ({
  schemaVersion: 1,
  id: `pb-${index}`,
  name: `${word(index)} ${word(index * 7 + 3)} ${index}`,
  description: `Handles ${word(index * 3)} in region ${index % 40}.`,
  tags: [word(index), `team-${index % 25}`],
  start: ["look"],
  steps: {
    look: { kind: "action", name: "Read the case", action: "cases.get", with: { case: "{{ case.id }}" }, next: ["note"] },
    note: { kind: "action", name: `Note ${word(index)}`, action: index % 50 === 0 ? "cases.add-evidence" : "cases.add-note", with: { text: "Seen." }, next: ["sub"] },
    sub: { kind: "call", name: "Hand on", playbook: `pb-${(index * 3 + 1) % playbooks}`, next: ["end"] },
    end: { kind: "end", name: "End", outcome: "done" },
  },
});

/** How long a page of the library takes with ten thousand playbooks and forty thousand runs, over HTTP. With DRAWBRIDGE_DATABASE_URL on that (empty) database. */
export async function libraryBench(report: Report): Promise<void> {
  const home = await emptyHome();
  const databaseUrl = process.env["DRAWBRIDGE_DATABASE_URL"];
  const environment = { NODE_ENV: "production", DRAWBRIDGE_SAMPLE_WORLD: "1", DRAWBRIDGE_LOG_LEVEL: "warn" };
  try {
    const seeding = await startServerProcess({ home, environment });
    const engineer = await new ApiClient(seeding.url).signIn("marek.kowal@qrst.com", "drawbridge");
    for (let first = 0; first < playbooks; first += perImport)
      await engineer.call("importPlaybooks", { body: { playbooks: Array.from({ length: perImport }, (_each, index) => playbookAt(first + index)) } });
    await seeding.stop();
    await addRuns(home, databaseUrl);
    const server = await startServerProcess({ home, environment });
    try {
      const api = await new ApiClient(server.url).signIn("marek.kowal@qrst.com", "drawbridge");
      const page = async (query: Record<string, string>) =>
        await api.call<{ items: unknown[]; next: string | null; total: number }>("listPlaybooks", { query: { limit: "100", ...query } });
      const measure = async (figure: string, query: Record<string, string>, call = () => page(query) as Promise<unknown>) => {
        await call();
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const begin = performance.now();
          await call();
          times.push(performance.now() - begin);
        }
        report({ figure: `library.${figure}`, value: rounded(median(times)), unit: "ms", floor: null, ratio: null });
      };
      await measure("by-last-run", { sort: "last-run" });
      await measure("by-name", { sort: "name" });
      await measure("by-update", { sort: "updated" });
      await measure("search", { search: "travel 77", sort: "last-run" });
      await measure("search-none", { search: "zebra", sort: "last-run" });
      await measure("tag", { tag: "team-3", sort: "last-run" });
      await measure("action", { action: "cases.add-evidence", sort: "last-run" });
      let cursor = "";
      for (let count = 0; count < 50; count += 1) cursor = (await page({ sort: "last-run", ...(cursor === "" ? {} : { cursor }) })).next ?? "";
      await measure("page-50", { sort: "last-run", cursor });
      await measure("uses", {}, () => api.call("getUses", { params: { id: "pb-77" } }));
    } finally {
      await server.stop();
    }
  } finally {
    await removeHome(home);
  }
}

const columns = "id, playbook_id, playbook_version, status, trigger_kind, started_at, ended_at, last_seq, in_flight";

async function addRuns(home: string, databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl !== undefined) {
    const database = openPostgres(databaseUrl, { connections: 1 });
    await database.pool.query(
      `insert into runs (${columns}) select 'run-' || lpad(n::text, 9, '0'), 'pb-' || (n * 37 % ${runsOf}), 1, case when n % 11 = 0 then 'failed' else 'succeeded' end, 'manual',
        '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z', 9, 0 from generate_series(1, ${runsOf * runsEach}) as n`,
    );
    // What autovacuum does within a minute.
    await database.pool.query("analyze");
    return database.close();
  }
  const database = new Sqlite(join(home, "drawbridge.sqlite"));
  const insert = database.prepare(`insert into runs (${columns}) values (?, ?, 1, ?, 'manual', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z', 9, 0)`);
  database.transaction(() => {
    for (let n = 1; n <= runsOf * runsEach; n += 1) insert.run(`run-${String(n).padStart(9, "0")}`, `pb-${(n * 37) % runsOf}`, n % 11 === 0 ? "failed" : "succeeded");
  })();
  database.close();
}
