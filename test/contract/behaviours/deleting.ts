import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { approval } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf("large", ["make"], { make: { kind: "action", action: "test.large", with: { bytes: 50_000 } } }),
  playbookOf("approval", ["ask"], { ask: approval([], []) }),
  playbookOf("caller", ["sub"], { sub: { kind: "call", playbook: "large" } }),
];

const tables = ["run_events", "run_payloads", "asks", "doubts", "timers", "run_snapshots", "call_records"] as const;

export function deleting(subject: ContractSubject): void {
  describe("deleting runs", () => {
    const stage = stageFor(subject, { playbooks });
    const rowsOf = async (run: string): Promise<readonly object[]> => {
      const found = tables.map((table) => stage.world.store.selectFrom(table).select("run_id").where("run_id", "=", run).execute());
      return (await Promise.all(found)).flat();
    };

    it("leaves a note of each, and nothing else, in every process", async () => {
      const run = await stage.start("approval", {}, { case: "CASE-1", idempotencyKey: "deleted" });
      const { effect } = await stage.seen(run, "ask-opened");
      await stage.next().answer(effect, "no", {}, "ana");
      for (const engine of stage.world.engines) await engine.ended(run);
      expect(await stage.next().deleteRuns([[run]])).toEqual([run]);
      for (const engine of stage.world.engines) {
        expect(await engine.run(run)).toBeNull();
        expect(await engine.trace(run, 0, 10)).toEqual([]);
        await expect(engine.ended(run)).rejects.toMatchObject({ code: "unknown-run" });
        await expect(engine.rerun(run, "ask", undefined, "ana")).rejects.toMatchObject({ code: "unknown-run" });
        await expect(engine.answer(effect, "no", {}, "ana")).rejects.toMatchObject({ code: "ask-closed" });
      }
      expect(await rowsOf(run)).toEqual([]);
      const [note, ...others] = await stage.world.store.selectFrom("deleted_runs").selectAll().where("id", "=", run).execute();
      expect(note).toMatchObject({ playbook_id: "approval", case_id: "CASE-1" });
      expect(others).toEqual([]);
    });

    it("refuses those that are open, with their whole family", async () => {
      const open = await stage.start("approval");
      const over = (await stage.finish("large")).id;
      const kept = (await stage.finish("large")).id;
      expect(await stage.next().deleteRuns([[open], [over], [kept, open]])).toEqual([over]);
      expect(await stage.run(open)).toMatchObject({ status: "running" });
      expect(await stage.run(kept)).toMatchObject({ status: "succeeded" });
      expect(await stage.next().deleteRuns([[over], ["r0"]])).toEqual([]);
      await stage.next().cancel(open, "ana");
    });

    it("keeps a payload for as long as a run has it", async () => {
      const runs = [(await stage.finish("large")).id, (await stage.finish("large")).id];
      const [first = "", second = ""] = runs;
      const [{ hash } = { hash: "" }] = await stage.world.store.selectFrom("run_payloads").select("hash").where("run_id", "=", first).execute();
      const others = await stage.world.store.selectFrom("run_payloads").select("run_id").where("run_id", "not in", runs).execute();
      await stage.next().deleteRuns([[first], ...others.map(({ run_id: id }) => [id])]);
      expect(await stage.next().payload(second, hash)).toEqual({ text: "x".repeat(50_000) });
      await stage.next().deleteRuns([[second]]);
      expect(await stage.world.store.selectFrom("payloads").select("hash").execute()).toEqual([]);
    });

    it("takes the called with their callers", async () => {
      const run = (await stage.finish("caller")).id;
      const [called] = await stage.calledBy(run);
      expect(await stage.next().deleteRuns([[run, called?.id ?? ""]])).toEqual([run, called?.id]);
      expect(
        await stage.world.store
          .selectFrom("runs")
          .select("id")
          .where("id", "in", [run, called?.id ?? ""])
          .execute(),
      ).toEqual([]);
    });
  });
}
