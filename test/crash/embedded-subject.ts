import { EmbeddedEngine, engineMigrations, migrate, openDatabase } from "@drawbridge/engine/embedded";
import { hostOf } from "./host.ts";
import type { Order, Told } from "./message.ts";

// An engine in a process of its own that may be killed at any moment; it answers its asks itself.
const [file = "", service = ""] = process.argv.slice(2);
const database = openDatabase(file);
await migrate(database.kysely, engineMigrations);
const engine = new EmbeddedEngine(database, hostOf(service));
let finishing = false;

const tell = (told: Told): void => void process.send?.(told);
const answer = (effect: string): void => void engine.answer(effect, "yes", {}, "ana@qrst.com").catch(() => undefined);
const openRuns = async (): Promise<number> => (await database.kysely.selectFrom("runs").select("id").where("ended_at", "is", null).execute()).length;
const checkFinished = async (): Promise<void> => {
  if ((await openRuns()) === 0) tell({ finished: true });
};

engine.subscribe((run, events) => {
  for (const event of events) {
    if (event.type === "ask-opened") answer(event.effect);
    if (event.type === "step-in-doubt") tell({ doubt: { run, effect: event.effect } });
    if (finishing && event.type === "run-succeeded") void checkFinished();
  }
});
await engine.recover();
for (const { id } of await database.kysely.selectFrom("asks").select("id").where("state", "=", "open").execute()) answer(id);
for (const { id, run_id: run } of await database.kysely.selectFrom("doubts").selectAll().where("state", "=", "open").execute()) tell({ doubt: { run, effect: id } });

process.on("message", ({ start, decide, finish }: Order) => {
  for (const { playbook, n } of start ?? [])
    void engine.start({ playbook, input: { n }, trigger: { kind: "manual" }, idempotencyKey: String(n) }).then(
      ({ run }) => tell({ accepted: { n, run } }),
      () => undefined,
    );
  if (decide) void engine.decideDoubt(decide.run, decide.effect, decide.decision, decide.output, "ana@qrst.com").catch(() => undefined);
  if (finish) {
    finishing = true;
    void checkFinished();
  }
});
process.on("disconnect", () => process.exit(0));
tell({ ready: { open: await openRuns() } });
