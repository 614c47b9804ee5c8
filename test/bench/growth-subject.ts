import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ActionCaller, EngineError } from "@drawbridge/engine";
import { EmbeddedEngine, engineMigrations, migrate, openDatabase, ScriptThreads } from "@drawbridge/engine/embedded";
import type { Json } from "@drawbridge/playbook";
import { median } from "./figure.ts";
import { growthPlaybook, type Shape } from "./growth-playbooks.ts";

// Measures one shape at each size: the time of a step, and what a run keeps in memory beside what it stores.
const [shape = "chain", folder = "", ...sizes] = process.argv.slice(2);
const rounds = 5;
/** Steps that one measurement makes at least, in as many runs as that takes. */
const stepsMeasured = 10_000;
/** Runs that stay in memory after their end, as many at every size, so that what belongs to the process weighs alike; fewer than the engine keeps. */
const runsKept = 7;
/** How often the heap is looked at while a run goes on. */
const looks = 8;

export interface GrowthMeasured {
  readonly steps: number;
  readonly usPerStep: number;
  /** Bytes of one run: on the heap when it has ended, the most while it goes on, and of its trace as JSON. */
  readonly heap: number;
  readonly peak: number;
  readonly stored: number;
}

/** Text that does not deflate, so that what is stored is as large as what came. */
const noise = Array.from({ length: 20_000 }, () => Math.random().toString(36).slice(2)).join("");
const look = (n: Json): Json => ({ n, text: noise.slice(Number(n) * 7, Number(n) * 7 + 200) });
const actions: ActionCaller = {
  facts: () => ({ effect: "reads", repeatable: true }),
  call: ({ input }) => Promise.resolve({ output: look(input["n"] ?? 0) }),
};
const heapNow = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
/** The heap once what was closed before is given back too. */
async function heapAtRest(): Promise<number> {
  for (let each = 0; each < 3; each += 1) {
    heapNow();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return heapNow();
}

async function open(count: number) {
  const playbook = growthPlaybook(shape as Shape, count);
  const home = join(folder, `${count}`);
  mkdirSync(home, { recursive: true });
  const file = join(home, "drawbridge.db");
  const database = openDatabase(file);
  await migrate(database.kysely, engineMigrations);
  const scripts = new ScriptThreads();
  const engine = new EmbeddedEngine(database, {
    playbooks: { load: () => Promise.resolve({ playbook, version: 1 }) },
    actions,
    scripts,
    clock: { now: Date.now },
    caseSnapshot: () => Promise.resolve(null),
    onProblem: ({ message }) => console.error(message),
  });
  const trigger = { kind: "manual" } as const;
  // A start that is refused makes the plan, which belongs to the playbook and not to a run.
  await engine.start({ playbook: playbook.id, input: {}, trigger }).catch((error: unknown) => {
    if (!(error instanceof EngineError)) throw error;
  });
  const run = async (): Promise<void> => {
    const input = { n: 1, ...(shape === "forEach" ? { items: Array.from({ length: count }, (_each, index) => index) } : {}) };
    const started = await engine.start({ playbook: playbook.id, input, trigger });
    const { status } = await engine.ended(started.run);
    if (status !== "succeeded") throw new Error(`a run of ${playbook.id} has ${status}`);
  };
  const close = async (): Promise<void> => {
    await engine.stop();
    await database.close();
    await scripts.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { engine, run, close };
}

async function timeOf(count: number): Promise<number> {
  const { run, close } = await open(count);
  const runs = Math.max(1, Math.ceil(stepsMeasured / count));
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    heapNow();
    const begin = performance.now();
    for (let each = 0; each < runs; each += 1) await run();
    if (round > 0) times.push(((performance.now() - begin) * 1_000) / (runs * count));
  }
  await close();
  return median(times);
}

/** What runs hold on the heap once they have ended, and the most that one holds while it goes on, a snapshot that is being written included. */
async function memoryOf(count: number): Promise<Pick<GrowthMeasured, "heap" | "peak" | "stored">> {
  const { engine, run, close } = await open(count);
  // What belongs to the playbook, such as its logic made ready, is there after a first run, which is kept as well.
  await run();
  const before = await heapAtRest();
  let most = 0;
  let stored = 0;
  let next = 0;
  const stop = engine.subscribe((_run, events) => {
    stored += JSON.stringify(events).length;
    next += events.length;
    if (next < count / looks) return;
    next = 0;
    setImmediate(() => (most = Math.max(most, heapNow())));
  });
  await run();
  stop();
  most = Math.max(most, heapNow());
  for (let each = 1; each < runsKept; each += 1) await run();
  const after = await heapAtRest();
  await close();
  return { heap: Math.max(0, after - before) / runsKept, peak: Math.max(0, most - before), stored };
}

// Memory first: what the measurements of time leave behind, and the collector takes back later, weighs more than a run of 100 steps.
const memories = new Map<number, Pick<GrowthMeasured, "heap" | "peak" | "stored">>();
for (const count of [...sizes, ...sizes].map(Number)) memories.set(count, await memoryOf(count));
for (const [steps, memory] of memories) {
  const measured: GrowthMeasured = { steps, usPerStep: await timeOf(steps), ...memory };
  process.send?.(measured);
}
process.disconnect();
