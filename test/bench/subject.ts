import { statSync } from "node:fs";
import { Agent } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { EmbeddedEngine, engineMigrations, migrate, openDatabase, ScriptThreads } from "@drawbridge/engine/embedded";
import type { ActionCaller } from "@drawbridge/engine";
import { callAction, CallRecorder, redactedExchange } from "@drawbridge/integration-kit";
import { actionRegistry } from "@drawbridge/integrations";
import { wires } from "@drawbridge/integrations/wire";
import type { Json, Playbook } from "@drawbridge/playbook";
import axios from "axios";
import Sqlite from "better-sqlite3";
import express, { type Request, type Response } from "express";
import jsonLogic from "json-logic-js";
import { http12, logic50, logicOf, valueOf } from "./playbooks.ts";

// One Express app in a process of its own, with each playbook twice: by hand, and by the engine.
const [vendor = "", folder = ""] = process.argv.slice(2);
const app = express();
app.use(express.json());

const byHand = axios.create({ baseURL: vendor, httpAgent: new Agent({ keepAlive: true }), adapter: "http", proxy: false });
app.post("/floor/http12", async (request, response) => {
  const { alertId } = (request.body as { input: { alertId: string } }).input;
  const alert = (await byHand.get<{ actor: string; severity: string }>(`/alerts/${alertId}`)).data;
  const { actor } = alert;
  if (alert.severity !== "HIGH") return void response.json({ outcome: "isolated", outputs: { verdict: null } });
  const { groups } = (await byHand.get<{ groups: string[] }>("/users/john.anderson")).data;
  if (!groups.includes("Executives")) return void response.json({ outcome: "isolated", outputs: { verdict: null } });
  const verdict = (await byHand.post<{ status: string }>("/endpoints/isolate", { actor })).data.status;
  response.json({ outcome: "isolated", outputs: { verdict } });
});

const rows = new Sqlite(join(folder, "floor.db"));
rows.pragma("journal_mode = WAL");
rows.pragma("synchronous = FULL");
rows.exec("create table done (id integer primary key, input text not null, output text not null)");
const insert = rows.prepare<[string, string]>("insert into done (input, output) values (?, ?)");
app.post("/floor/logic50", (request, response) => {
  const { input } = request.body as { input: { n: number } };
  const values: { [name: string]: unknown } = {};
  for (let index = 1; index <= 49; index += 1) {
    if (index % 2 === 0) values[`v${index}`] = jsonLogic.apply(valueOf(index) as jsonLogic.RulesLogic, { input });
    else if (!jsonLogic.apply(logicOf(index) as jsonLogic.RulesLogic, { input })) break;
  }
  insert.run(JSON.stringify(input), JSON.stringify(values));
  response.json({ outcome: "done", outputs: {} });
});

const client = await wires["http"]?.connect(
  { baseUrl: vendor, authentication: "none", timeoutSeconds: 30, maxResponseMebibytes: 16, allowPrivateNetwork: true },
  { allowPrivateNetwork: true, log: () => undefined, now: Date.now, service: () => null },
);
const actions: ActionCaller = {
  facts: (action) => actionRegistry.get(action)?.action ?? null,
  call: async (effect, { run, caseId, signal, recorded, record }) => {
    const recorder = new CallRecorder();
    const output = await callAction(actionRegistry, {
      action: effect.action,
      input: effect.input,
      recorder,
      context: { client, idempotencyKey: effect.id, signal, log: () => undefined, now: Date.now, run, caseId, actor: `playbook:${run.playbook}` },
    });
    if (recorded === "always") record(recorder.exchanges.map((exchange) => redactedExchange(exchange, (text) => text)) as unknown as Json);
    return { output };
  },
};

const serve = async (playbook: Playbook): Promise<void> => {
  const file = join(folder, `${playbook.id}.db`);
  const database = openDatabase(file);
  await migrate(database.kysely, engineMigrations);
  const engine = new EmbeddedEngine(database, {
    playbooks: { load: () => Promise.resolve({ playbook, version: 1 }) },
    actions,
    scripts: new ScriptThreads(),
    clock: { now: Date.now },
    caseSnapshot: () => Promise.resolve(null),
    onProblem: ({ message }) => console.error(message),
  });
  const size = (): number => {
    database.raw.pragma("wal_checkpoint(TRUNCATE)");
    return statSync(file).size;
  };
  const empty = size();
  app.post(`/engine/${playbook.id}`, async (request: Request, response: Response) => {
    const { input } = request.body as { input: { [key: string]: Json } };
    const { run } = await engine.start({ playbook: playbook.id, input, trigger: { kind: "webhook" } });
    const { status, outcome, outputs } = await engine.ended(run);
    response.status(status === "succeeded" ? 200 : 500).json({ outcome, outputs });
  });
  app.get(`/engine/${playbook.id}`, (_request, response) => {
    const runs = database.raw.prepare<[], { runs: number }>("select count(*) as runs from runs").get()?.runs ?? 0;
    response.json({ runs, bytes: size() - empty, ...engine.gauges });
  });
};
await serve(http12);
await serve(logic50);

const server = app.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on("disconnect", () => process.exit(0));
