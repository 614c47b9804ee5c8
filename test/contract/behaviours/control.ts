import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, approval, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf("steps", ["one"], { one: action("change", "/one", ["two"]), two: action("change", "/two", ["done"]), done: end("done") }),
  playbookOf("mixed", ["call", "wait", "ask"], { call: action("read", "/mixed"), wait: { kind: "wait", for: "PT1H" }, ask: approval([], []) }),
  playbookOf("sleeps", ["wait"], { wait: { kind: "wait", for: "PT0.1S", next: ["call"] }, call: action("read", "/slept") }),
  playbookOf("again", ["first"], { first: action("read", "/first", ["second"]), second: action("read", "/fail", ["done"]), done: end("done") }),
  playbookOf("on-a-case", ["ask"], { ask: approval(["check"], []), check: { kind: "set", values: { title: "{{ case.title }}" } } }),
  playbookOf("renames", ["rename"], {
    rename: { kind: "action", action: "test.rename", with: { title: "Exfiltration" }, next: ["note"] },
    note: { kind: "set", values: { title: "{{ case.title }}" } },
  }),
];

export function control(subject: ContractSubject): void {
  describe("a run that is cancelled", () => {
    const stage = stageFor(subject, { playbooks });

    it("ends with all that is under way, and takes no result any more", async () => {
      stage.service.hold("/mixed");
      const run = await stage.start("mixed");
      await stage.service.asked("/mixed");
      await stage.next().cancel(run, "ana", "duplicate");
      const ended = await stage.ended(run);
      expect(ended).toMatchObject({ status: "cancelled", error: null });
      stage.service.release("/mixed");
      for (const step of ["call", "wait", "ask"]) expect(await stage.step(run, step)).toMatchObject({ status: "cancelled" });
      const last = (await stage.trace(run)).at(-1);
      expect(last).toMatchObject({ type: "run-cancelled", by: "ana", reason: "duplicate" });
      await stage.crashAndOpen();
      expect(await stage.run(run)).toEqual(ended);
      await expect(stage.next().cancel(run, "ana")).rejects.toMatchObject({ code: "run-ended" });
      await expect(stage.next().cancel("r0", "ana")).rejects.toMatchObject({ code: "unknown-run" });
    });
  });

  describe("a run that is paused", () => {
    const stage = stageFor(subject, { playbooks });

    it("starts nothing new, still takes results, and goes on when it is resumed, also over crashes", async () => {
      stage.service.hold("/one");
      const run = await stage.start("steps");
      await stage.service.asked("/one");
      await stage.next().pause(run, "ana");
      stage.service.release("/one");
      await stage.seen(run, "step-succeeded");
      await stage.crashAndOpen();
      expect(await stage.run(run)).toMatchObject({ status: "paused" });
      expect(await stage.row(run)).toMatchObject({ status: "paused" });
      expect(await stage.step(run, "one")).toMatchObject({ status: "succeeded" });
      expect(stage.sentTo("/two")).toEqual([]);
      await stage.next().resume(run, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "done" });
      expect([stage.sentTo("/one").length, stage.sentTo("/two").length]).toEqual([1, 1]);
      await expect(stage.next().pause(run, "ana")).rejects.toMatchObject({ code: "run-ended" });
      await expect(stage.next().resume(run, "ana")).rejects.toMatchObject({ code: "run-ended" });
    });

    it("notes the timers that fire meanwhile", async () => {
      const run = await stage.start("sleeps");
      await stage.next().pause(run, "ana");
      await stage.seen(run, "timer-fired");
      expect(stage.sentTo("/slept")).toEqual([]);
      await stage.next().resume(run, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
    });

    it("can be cancelled", async () => {
      const run = await stage.start("mixed");
      await stage.next().pause(run, "ana");
      await stage.next().cancel(run, "ana");
      expect(await stage.ended(run)).toMatchObject({ status: "cancelled" });
    });
  });

  describe("a run that is run again from a step", () => {
    const stage = stageFor(subject, { playbooks });

    it("does that step with the new input and what follows, not what came before", async () => {
      const failed = await stage.finish("again");
      expect(failed).toMatchObject({ status: "failed" });
      await expect(stage.next().rerun(failed.id, "nothing", undefined, "ana")).rejects.toMatchObject({ code: "unknown-step" });
      await stage.next().rerun(failed.id, "second", { path: "/works" }, "ana");
      expect(await stage.ended(failed.id)).toMatchObject({ status: "succeeded", outcome: "done", error: null });
      expect(await stage.row(failed.id)).toMatchObject({ status: "succeeded", error_code: null, failed_step: null });
      expect([stage.sentTo("/first").length, stage.sentTo("/works").length]).toEqual([1, 1]);
      const keys = (await stage.entries(failed.id, "attempt-started")).map(({ effect }) => effect);
      expect(new Set(keys).size).toBe(keys.length);
      expect(await stage.folded(failed.id)).toEqual(await stage.run(failed.id));
    });

    it("sends nothing for steps that are answered as recorded or skipped, and says so in the trace, also after a crash", async () => {
      const first = await stage.finish("steps");
      const sent = () => [stage.sentTo("/one").length, stage.sentTo("/two").length];
      expect(sent()).toEqual([1, 1]);
      const { output } = await stage.step(first.id, "one");
      await stage.next().rerun(first.id, "one", undefined, "ana", { one: "simulate", two: "skip" });
      const ended = await stage.ended(first.id);
      expect(ended).toMatchObject({ status: "succeeded", outcome: "done" });
      await stage.crashAndOpen();
      expect(await stage.run(first.id)).toEqual(ended);
      expect(await stage.folded(first.id)).toEqual(ended);
      expect(await stage.step(first.id, "one")).toMatchObject({ status: "succeeded", output, simulated: true });
      expect(await stage.step(first.id, "two")).toMatchObject({ status: "skipped", error: { code: "skipped-in-rerun" } });
      expect((await stage.entries(first.id, "rerun-requested"))[0]).toMatchObject({ by: "ana", instead: { one: "simulate", two: "skip" } });
      expect(sent()).toEqual([1, 1]);
      await expect(stage.next().rerun(first.id, "one", undefined, "ana", { two: "simulate" })).rejects.toMatchObject({ code: "invalid-input" });
      await expect(stage.next().rerun(first.id, "one", undefined, "ana", { done: "skip" })).rejects.toMatchObject({ code: "invalid-input" });
      await stage.next().rerun(first.id, "one", undefined, "ana", { one: "simulate" });
      expect(await stage.ended(first.id)).toMatchObject({ status: "succeeded" });
      expect(sent()).toEqual([1, 2]);
    });

    it("has to be over", async () => {
      const run = await stage.start("on-a-case");
      await expect(stage.next().rerun(run, "ask", undefined, "ana")).rejects.toMatchObject({ code: "run-not-ended" });
      await expect(stage.next().rerun("r0", "ask", undefined, "ana")).rejects.toMatchObject({ code: "unknown-run" });
      await stage.next().cancel(run, "ana");
    });
  });

  describe("the case of a run", () => {
    const stage = stageFor(subject, { playbooks });

    it("is what its open runs heard of last, and only they", async () => {
      const [on, off] = await Promise.all([stage.start("on-a-case", {}, { case: "CASE-1" }), stage.start("on-a-case", {}, { case: "CASE-2" })]);
      const over = await stage.start("on-a-case", {}, { case: "CASE-1" });
      await stage.next().cancel(over, "ana");
      const { effect } = await stage.seen(on, "ask-opened");
      await stage.next().caseChanged("CASE-1", { id: "CASE-1", title: "Renamed" });
      await stage.crashAndOpen();
      await stage.next().answer(effect, "yes", {}, "ana");
      expect(await stage.ended(on)).toMatchObject({ vars: { title: "Renamed" }, case: { title: "Renamed" } });
      for (const other of [off, over]) expect(await stage.entries(other, "case-changed")).toEqual([]);
    });

    it("is what an action made of it", async () => {
      const { run } = await stage.next().start({ playbook: "renames", input: {}, trigger: { kind: "case" }, case: "CASE-1" });
      expect(await stage.ended(run)).toMatchObject({ status: "succeeded", vars: { title: "Exfiltration" }, case: { id: "CASE-1", title: "Exfiltration" } });
    });
  });
}
