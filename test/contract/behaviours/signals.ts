import { playbookOf } from "@drawbridge/engine/testing";
import { mostEarlySignals } from "@drawbridge/interpreter";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const wait = (signal: string, next: readonly string[] = []) => ({ kind: "wait", signal, next });
const heard = { outputs: [{ key: "n", value: "{{ steps.wait.output.data.n }}" }] };
const playbooks = [
  playbookOf("waiting", ["wait"], { wait: wait("go") }, heard),
  playbookOf("two-wait", ["one", "other"], { one: wait("go"), other: wait("go") }),
  playbookOf("later", ["read"], { read: action("read", "/before-signal", ["wait"]), wait: wait("go", ["again"]), again: wait("go") }, heard),
];

export function signals(subject: ContractSubject): void {
  describe("a signal", () => {
    const stage = stageFor(subject, { playbooks });

    it("is heard by every step that waits for it", async () => {
      const [run, both] = await Promise.all([stage.start("waiting"), stage.start("two-wait")]);
      await stage.next().signal(run, "something else", null);
      expect(await stage.run(run)).toMatchObject({ status: "running" });
      await stage.next().signal(run, "go", { n: 5 });
      await stage.next().signal(both, "go", null);
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outputs: { n: 5 } });
      expect(await stage.ended(both)).toMatchObject({ status: "succeeded" });
    });

    it("that comes before its step waits for it, each for one step, also over a crash", async () => {
      stage.service.hold("/before-signal");
      const run = await stage.start("later");
      await stage.service.asked("/before-signal");
      await stage.next().signal(run, "go", { n: 5 });
      await stage.crashAndOpen();
      stage.service.release("/before-signal");
      await stage.seen(run, "wait-started");
      await stage.next().signal(run, "go", { n: 6 });
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outputs: { n: 5 } });
      expect(await stage.step(run, "again")).toMatchObject({ output: { signal: "go", data: { n: 6 } } });
    });

    it("is refused when the run keeps too many, and none is lost before", async () => {
      const run = await stage.start("waiting");
      const noise = Array.from({ length: mostEarlySignals }, (_, index) => index);
      await Promise.all(noise.map((index) => stage.next().signal(run, "noise", index)));
      await expect(stage.next().signal(run, "noise", null)).rejects.toMatchObject({ code: "queue-full" });
      expect((await stage.entries(run, "signal-received")).map(({ data }) => data as number).sort((one, other) => one - other)).toEqual(noise);
      await stage.next().signal(run, "go", { n: 1 });
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outputs: { n: 1 } });
    });

    it("is refused by a run that is over or never was", async () => {
      const run = await stage.start("waiting");
      await stage.next().cancel(run, "ana");
      await expect(stage.next().signal(run, "go", null)).rejects.toMatchObject({ code: "run-ended" });
      await expect(stage.next().signal("r0", "go", null)).rejects.toMatchObject({ code: "unknown-run" });
    });
  });
}
