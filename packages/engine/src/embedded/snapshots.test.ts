import { foldTrace } from "@drawbridge/interpreter";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packSnapshot, unpackSnapshot } from "../store/snapshot.ts";
import { EngineOnDisk } from "../testing/engine-on-disk.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { Snapshots } from "./snapshots.ts";

const each = { kind: "action", action: "test.read", forEach: { items: "{{ input.items }}", concurrency: 100 }, with: { n: "{{ item }}" } };
const long = playbookOf(
  "long",
  ["each"],
  { each: { ...each, next: ["wait"] }, wait: { kind: "wait", signal: "go", next: ["size"] }, size: { kind: "set", values: { last: "{{ steps.each.output.0 }}" } } },
  { inputs: [{ key: "items", type: "array" }] },
);
const items = Array.from({ length: 800 }, (_, index) => index);

let on: EngineOnDisk;
beforeEach(async () => {
  on = new EngineOnDisk({ facts: () => ({ effect: "reads", repeatable: true }), call: (effect) => Promise.resolve({ output: effect.input["n"] ?? null }) }, [long], {
    idleInMemory: 0,
  });
  await on.open();
});
afterEach(() => on.remove());

const snapshotOf = (run: string) => on.database.kysely.selectFrom("run_snapshots").selectAll().where("run_id", "=", run).executeTakeFirst();

/** A run of 2,400 entries that waits, and whose snapshot is on the disk. */
async function waiting(): Promise<string> {
  const run = await on.start("long", { items });
  await on.seen(run, (event) => event.type === "wait-started");
  while (!(await snapshotOf(run))) await new Promise(setImmediate);
  return run;
}

describe("a long run that waits", () => {
  it("is read from its snapshot and what came after, not from its whole trace", async () => {
    const run = await waiting();
    const snapshot = await snapshotOf(run);
    expect(snapshot?.seq).toBeGreaterThan(2_400);
    await on.reopen();
    expect(await on.engine.run(run)).toEqual(await on.folded(run));
    await on.database.kysely
      .deleteFrom("run_events")
      .where("run_id", "=", run)
      .where("last_seq", "<=", snapshot?.seq ?? 0)
      .execute();
    await on.reopen();
    await on.engine.signal(run, "go", null);
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded", vars: { last: 0 } });
  });

  it("is folded from its trace when another version of the interpreter wrote the snapshot", async () => {
    const run = await waiting();
    await on.database.kysely
      .updateTable("run_snapshots")
      .set({ format: 0, state: Buffer.from("not readable") })
      .execute();
    await on.reopen();
    expect(await on.engine.run(run)).toEqual(await on.folded(run));
    await on.engine.signal(run, "go", null);
    expect(await on.engine.ended(run)).toMatchObject({ status: "succeeded", vars: { last: 0 } });
  });

  it("comes back from its snapshot as it was", async () => {
    const run = await waiting();
    const state = foldTrace(on.planOf("long"), await on.trace(run));
    if (!state) throw new Error("the trace is empty");
    expect(unpackSnapshot(await packSnapshot(state))).toEqual(state);
    expect(unpackSnapshot({ ...(await packSnapshot(state)), format: 1 })).toBeNull();
  });
});

it("the snapshots of a run that grows cost no more than its trace", async () => {
  const run = foldTrace(on.planOf("long"), await on.trace(await waiting()));
  if (!run) throw new Error("the trace is empty");
  let bytes = 0;
  const saved = async ({ state }: { readonly state: Buffer }): Promise<void> => void (bytes += state.length);
  const snapshots = new Snapshots({ saveSnapshot: saved });
  const live = { id: run.id, run, snapshot: { seq: 0, bytes: 0 } } as Parameters<typeof snapshots.consider>[0];
  const vars = { text: Array.from({ length: 60_000 }, (_, index) => index).join(" ") };
  for (let seq = 1_000; seq <= 100_000; seq += 1_000) {
    live.run = { ...run, seq, vars };
    const { written } = snapshots;
    snapshots.consider(live, false);
    if (live.run.seq - live.snapshot.seq >= 5_000 && (live.run.seq - live.snapshot.seq) * 50 >= live.snapshot.bytes)
      while (snapshots.written === written) await new Promise(setImmediate);
  }
  expect(snapshots.written).toBeGreaterThan(5);
  expect(bytes).toBeLessThan(100_000 * 50 + live.snapshot.bytes);
});
