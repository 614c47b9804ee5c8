import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import type { ContractSubject } from "../subject.ts";

const telling = (id: string, input: object) => playbookOf(id, ["tell"], { tell: { kind: "action", action: "test.tell", with: { text: id, ...input } } });
const playbooks = [
  telling("well", {}),
  telling("badly", { fails: true }),
  telling("much", { length: 20_000 }),
  telling("too-much", { length: 200_000 }),
  playbookOf("caller", ["sub"], { sub: { kind: "call", playbook: "well", next: ["sub-2"] }, "sub-2": { kind: "call", playbook: "badly" } }),
];

/** Runs that no person started are in the sample by the end of their id. */
const isSampled = (run: string) => run.endsWith("0");

export function records(subject: ContractSubject): void {
  describe("what calls tell of themselves", () => {
    const stage = stageFor(subject, { playbooks });
    const told = (run: string) => Promise.all(stage.world.engines.map((engine) => engine.callRecord(run, `${run}/tell/1`)));

    it("is kept apart from the trace of a run that a person started, however the call ended", async () => {
      for (const playbook of ["well", "badly"]) {
        const { id } = await stage.finish(playbook);
        for (const record of await told(id)) expect(record).toEqual({ lines: [`asked for ${playbook}`, ""], recorded: "always" });
        expect(JSON.stringify(await stage.trace(id))).not.toContain("asked for");
        expect(await stage.next().callRecord(id, `${id}/tell/2`)).toBeUndefined();
        expect(await stage.next().callRecord("other", `${id}/tell/1`)).toBeUndefined();
      }
    });

    it("is kept of other runs when the call fails, and of a few of them always", async () => {
      const run = await stage.start("caller");
      await stage.ended(run);
      for (const { id, playbook_id: playbook } of await stage.calledBy(run)) {
        const [record] = await told(id);
        if (playbook === "badly" || isSampled(id)) expect(record).toEqual({ lines: [`asked for ${playbook}`, ""], recorded: isSampled(id) ? "always" : "when-failed" });
        else expect(record).toBeUndefined();
      }
    });

    it("is kept whole when it is long, and not at all beyond a bound", async () => {
      const much = (await stage.finish("much")).id;
      for (const record of await told(much)) expect(record).toMatchObject({ lines: ["asked for much", "x".repeat(20_000)] });
      const tooMuch = (await stage.finish("too-much")).id;
      expect(await told(tooMuch)).toEqual(stage.world.engines.map(() => undefined));
    });

    it("outlives a crash, and goes with its run", async () => {
      const { id } = await stage.finish("badly");
      await stage.crashAndOpen();
      expect((await told(id))[0]).toMatchObject({ recorded: "always" });
      await stage.next().deleteRuns([[id]]);
      expect(await told(id)).toEqual(stage.world.engines.map(() => undefined));
    });
  });
}
