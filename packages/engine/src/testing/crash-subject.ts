import { EmbeddedEngine } from "../embedded/embedded-engine.ts";
import { openDatabase } from "../embedded/open-database.ts";
import { ScriptThreads } from "../embedded/script-threads.ts";
import { engineMigrations, migrate } from "../store/migrate.ts";
import { chain } from "./chain.ts";
import { callerOf } from "./service.ts";

// An engine in a process of its own that may be killed at any moment; whoever started it tells it what to do.
const [file = "", service = ""] = process.argv.slice(2);
const database = openDatabase(file);
await migrate(database.kysely, engineMigrations);
const engine = new EmbeddedEngine(database, {
  playbooks: { load: () => Promise.resolve({ playbook: chain, version: 1 }) },
  actions: callerOf(service),
  scripts: new ScriptThreads(),
  clock: { now: Date.now },
  caseSnapshot: () => Promise.resolve(null),
});

/** A person looks, and finds that it was done. */
const decide = (run: string, effect: string): void => void engine.decideDoubt(run, effect, "done", { by: "hand" }, "ana@qrst.com").catch(() => undefined);
engine.subscribe((run, events) => {
  for (const event of events) if (event.type === "step-in-doubt") decide(run, event.effect);
});
await engine.recover();
for (const { id, run_id: run } of await database.kysely.selectFrom("doubts").selectAll().where("state", "=", "open").execute()) decide(run, id);

process.on("message", (message: { readonly start?: number; readonly finish?: readonly string[] }) => {
  for (let index = 0; index < (message.start ?? 0); index += 1)
    void engine.start({ playbook: chain.id, input: { n: index }, trigger: { kind: "manual" } }).then(({ run }) => process.send?.({ accepted: run }));
  if (message.finish) void Promise.all(message.finish.map((run) => engine.ended(run))).then(() => process.send?.({ finished: true }));
});
process.on("disconnect", () => process.exit(0));
process.send?.({ ready: true });
