import { playbookOf } from "@drawbridge/engine/testing";
import type { Run } from "@drawbridge/interpreter";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, approval } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const ids = Array.from({ length: 12 }, (_, index) => `s${index}`);
const playbooks = [
  playbookOf("mixed", ["s0"], {
    ...Object.fromEntries(
      ids.map((id, index) => [id, index % 3 === 0 ? action("read", "/mixed", [ids[index + 1] ?? "sub"]) : { kind: "set", values: { n: index }, next: [ids[index + 1] ?? "sub"] }]),
    ),
    sub: { kind: "call", playbook: "called", next: ["each"] },
    each: action("read", "/mixed", [], { forEach: { items: [1, 2, 3, 4, 5], concurrency: 3 } }),
  }),
  playbookOf("called", ["wait"], { wait: { kind: "wait", for: "PT0.02S" } }),
  playbookOf("approval", ["ask"], { ask: approval([], []) }),
];

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

export function traces(subject: ContractSubject): void {
  describe("a trace", () => {
    const stage = stageFor(subject, { playbooks });

    it("counts from 1 without a gap or a duplicate, and folds to the run", async () => {
      const runs = await Promise.all(Array.from({ length: 10 }, () => stage.finish("mixed")));
      for (const run of runs) {
        expect((await stage.trace(run.id)).map(({ seq }) => seq)).toEqual(upTo(run.seq));
        expect(await stage.folded(run.id)).toEqual(run);
      }
    });

    it("is given from wherever it is asked, as much as is asked for", async () => {
      const run = await stage.finish("mixed");
      const trace = await stage.trace(run.id);
      for (const from of trace.keys()) expect(await stage.next().trace(run.id, from, 3)).toEqual(trace.slice(from, from + 3));
      expect(await stage.next().trace(run.id, trace.length, 3)).toEqual([]);
      expect(await stage.next().trace("r0", 0, 3)).toEqual([]);
      expect(await stage.next().run("r0")).toBeNull();
    });

    it("is heard of in every process: each entry once, in order, as it is stored", async () => {
      const heard = stage.world.engines.map(() => new Map<string, object[]>());
      const stops = stage.world.engines.map((engine, index) =>
        engine.subscribe((run, events) => {
          heard[index]?.set(run, [...(heard[index]?.get(run) ?? []), ...events]);
        }),
      );
      const runs = await Promise.all(Array.from({ length: 15 }, () => stage.finish("mixed")));
      const everywhere = async (run: string): Promise<readonly Run[]> => Promise.all(stage.world.engines.map((engine) => engine.ended(run)));
      for (const { id } of runs) await everywhere(id);
      for (const stop of stops) stop();
      await stage.finish("called");
      for (const { id } of runs) {
        const trace = await stage.trace(id);
        const [called] = await stage.calledBy(id);
        for (const each of heard) {
          expect(each.get(id)).toEqual(trace);
          expect(each.get(called?.id ?? "")).toEqual(await stage.trace(called?.id ?? ""));
        }
      }
      for (const each of heard) expect(each.size).toBe(2 * runs.length);
    });

    it("ends for everybody who waits for it, whenever and wherever they asked", async () => {
      const run = await stage.start("approval");
      const waiting = stage.world.engines.flatMap((engine) => [engine.ended(run), engine.ended(run)]);
      await stage.next().answer((await stage.seen(run, "ask-opened")).effect, "no", {}, "ana");
      const [first, ...others] = await Promise.all(waiting);
      expect(first).toMatchObject({ id: run, status: "succeeded" });
      for (const each of [...others, await stage.ended(run)]) expect(each).toEqual(first);
      await expect(stage.next().ended("r0")).rejects.toMatchObject({ code: "unknown-run" });
    });

    it("goes on when somebody who listens throws", async () => {
      const stops = stage.world.engines.map((engine) =>
        engine.subscribe(() => {
          throw new Error("a listener's own mistake");
        }),
      );
      expect(stage.world.host.problems).toEqual([]);
      expect(await stage.finish("mixed")).toMatchObject({ status: "succeeded" });
      for (const stop of stops) stop();
      expect(stage.world.host.problems[0]).toContain("listener-failed");
    });
  });
}
