import { join } from "node:path";
import { EmbeddedEngine, engineMigrations, migrate, openDatabase, ScriptThreads } from "@drawbridge/engine/embedded";
import { playbook as schema } from "@drawbridge/playbook";

// Opens an engine; `fill` starts runs that wait, half for an answer and half for a time, `restart` measures taking them up again.
const [mode = "", folder = "", count = "0"] = process.argv.slice(2);

export interface Restarted {
  readonly open: number;
  readonly timers: number;
  /** Milliseconds from opening the file to being recovered, and bytes on the heap that it took. */
  readonly ms: number;
  readonly heap: number;
}

const playbook = schema.parse({
  schemaVersion: 1,
  id: "waiting",
  name: "Waiting",
  start: ["kind"],
  inputs: [{ key: "n", type: "number", required: true }],
  steps: {
    kind: {
      kind: "condition",
      name: "Which",
      branches: [{ label: "ask", when: { "==": [{ "%": [{ var: "input.n" }, 2] }, 0] }, next: ["ask"] }],
      otherwise: { next: ["wait"] },
    },
    ask: { kind: "ask", name: "Isolate", prompt: "Isolate {{ input.n }}?", branches: [{ label: "yes", next: [] }], timeLimit: "PT48H" },
    wait: { kind: "wait", name: "Wait", for: "PT24H" },
  },
});

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const scripts = new ScriptThreads();
const before = heap();
const began = performance.now();
const database = openDatabase(join(folder, "waiting.db"));
await migrate(database.kysely, engineMigrations);
const engine = new EmbeddedEngine(database, {
  playbooks: { load: () => Promise.resolve({ playbook, version: 1 }) },
  actions: { facts: () => null, call: () => Promise.reject(new Error("nothing is called")) },
  scripts,
  clock: { now: Date.now },
  caseSnapshot: () => Promise.resolve(null),
  onProblem: ({ message }) => console.error(message),
});
const { open } = await engine.recover();
const ms = performance.now() - began;

if (mode === "fill") {
  for (let first = 0; first < Number(count); first += 500)
    await Promise.all(Array.from({ length: 500 }, (_, n) => engine.start({ playbook: "waiting", input: { n: first + n }, trigger: { kind: "manual" } })));
} else {
  const restarted: Restarted = { open, timers: engine.gauges.timers, ms, heap: heap() - before };
  process.send?.(restarted);
}
await engine.stop();
await database.close();
await scripts.close();
if (process.connected) process.disconnect();
