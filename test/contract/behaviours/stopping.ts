import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf("change", ["change"], { change: action("change", "/change", ["after"]), after: action("change", "/after", ["done"]), done: end("changed") }),
  playbookOf("quick", ["set"], { set: { kind: "set", values: { n: 1 } } }),
];

export function stopping(subject: ContractSubject): void {
  describe("stopping", () => {
    const stage = stageFor(subject, { playbooks });

    it("waits for what was sent and keeps its result, sends nothing new, and takes nothing in", async () => {
      stage.service.hold("/change");
      const run = await stage.start("change");
      await stage.service.asked("/change");
      const [engine] = stage.world.engines;
      const stopped = Promise.all(stage.world.engines.map((each) => each.stop({ drainMs: 20_000 })));
      await expect(engine?.start({ playbook: "quick", input: {}, trigger: { kind: "manual" } })).rejects.toMatchObject({ code: "stopped" });
      await expect(engine?.cancel(run, "ana")).rejects.toMatchObject({ code: "stopped" });
      stage.service.release("/change");
      await stopped;
      expect(stage.sentTo("/after")).toEqual([]);
      await stage.crashAndOpen();
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "changed" });
      expect(await stage.entries(run, "step-in-doubt")).toEqual([]);
      expect([stage.sentTo("/change").length, stage.sentTo("/after").length]).toEqual([1, 1]);
    });

    it("leaves what took too long in doubt", async () => {
      stage.service.hold("/change");
      const run = await stage.start("change");
      await stage.service.asked("/change", 2);
      await Promise.all(stage.world.engines.map((each) => each.stop({ drainMs: 20 })));
      await stage.crashAndOpen();
      stage.service.release("/change");
      const { effect } = await stage.seen(run, "step-in-doubt");
      await stage.next().decideDoubt(run, effect, "done", null, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "changed" });
      expect(stage.sentTo("/change")).toHaveLength(2);
    });

    it("can be asked for again", async () => {
      await stage.world.crash();
      await stage.world.open();
      const { engines } = stage.world;
      await Promise.all(engines.flatMap((engine) => [engine.stop(), engine.stop()]));
      await stage.crashAndOpen();
      expect(await stage.finish("quick")).toMatchObject({ status: "succeeded" });
    });
  });
}
