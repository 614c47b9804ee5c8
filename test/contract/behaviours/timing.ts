import { playbookOf } from "@drawbridge/engine/testing";
import { describe, expect, it } from "vitest";
import { stageFor } from "../stage.ts";
import { action, approval, end } from "../steps.ts";
import type { ContractSubject } from "../subject.ts";

const playbooks = [
  playbookOf("short", ["wait"], { wait: { kind: "wait", for: "PT0.05S", next: ["done"] }, done: end("woke") }),
  playbookOf("until", ["wait"], { wait: { kind: "wait", until: "{{ input.at }}", next: ["done"] }, done: end("woke") }, { inputs: [{ key: "at", type: "string" }] }),
  playbookOf("never", ["wait"], {
    wait: { kind: "wait", signal: "go", timeLimit: "PT0.05S", next: ["came"], onTimeLimit: { next: ["late"] } },
    came: end("came"),
    late: end("late"),
  }),
  playbookOf("unhandled", ["ask"], { ask: approval([], [], { timeLimit: "PT0.05S" }) }),
  playbookOf("hour", ["wait"], { wait: { kind: "wait", for: "PT1H", next: ["note"] }, note: { kind: "set", values: { done: true } } }),
  playbookOf("ask-for-an-hour", ["ask"], {
    ask: approval(["yes"], ["no"], { timeLimit: "PT1H", onTimeLimit: { next: ["late"] } }),
    yes: end("yes"),
    no: end("no"),
    late: end("late"),
  }),
  playbookOf("retry-in-an-hour", ["call"], { call: action("read", "/later", [], { retry: { attempts: 2, delay: "PT1H" } }) }),
  playbookOf("poll-in-an-hour", ["call"], { call: action("read", "/poll", [], { repeat: { until: { ">=": [{ var: "output.nth" }, 2] }, every: "PT1H", max: 3 } }) }),
];

const hour = 3_600_000;

export function timing(subject: ContractSubject): void {
  describe("a wait", () => {
    const stage = stageFor(subject, { playbooks });

    it("ends after its duration, not before", async () => {
      const run = await stage.finish("short");
      expect(run).toMatchObject({ status: "succeeded", outcome: "woke" });
      const [started] = await stage.entries(run.id, "wait-started");
      const [fired] = await stage.entries(run.id, "timer-fired");
      expect((fired?.at ?? 0) - (started?.at ?? 0)).toBeGreaterThanOrEqual(50);
    });

    it("ends at its time, at once when that has passed, and fails when it is none", async () => {
      expect(await stage.finish("until", { at: new Date(Date.now() + 50).toISOString() })).toMatchObject({ outcome: "woke" });
      expect(await stage.finish("until", { at: "2020-01-01T00:00:00Z" })).toMatchObject({ outcome: "woke" });
      expect(await stage.finish("until", { at: "tomorrow" })).toMatchObject({ status: "failed", error: { code: "invalid-wait" } });
    });

    it("for a signal ends with its time limit", async () => {
      expect(await stage.finish("never")).toMatchObject({ status: "succeeded", outcome: "late" });
      expect(await stage.finish("unhandled")).toMatchObject({ status: "failed", error: { code: "no-answer-in-time" } });
    });

    it("goes on over a crash", async () => {
      const runs = await Promise.all(Array.from({ length: 5 }, () => stage.start("short")));
      await stage.crashAndOpen();
      for (const run of runs) expect(await stage.ended(run)).toMatchObject({ outcome: "woke" });
    });
  });

  describe("a clock that jumps an hour", () => {
    const stage = stageFor(subject, { playbooks });

    it("fires what is due once, and nothing before", async () => {
      const waits = await Promise.all(Array.from({ length: 20 }, () => stage.start("hour")));
      const asks = await Promise.all(Array.from({ length: 5 }, () => stage.start("ask-for-an-hour")));
      stage.service.refuse("/later", [503]);
      const others = await Promise.all([stage.start("retry-in-an-hour"), stage.start("poll-in-an-hour")]);
      await stage.seen(others[0], "attempt-failed");
      await stage.seen(others[1], "poll-scheduled");
      await stage.world.jump(hour / 2);
      for (const run of [...waits, ...asks, ...others]) expect(await stage.run(run)).toMatchObject({ status: "running" });
      await stage.world.jump(hour / 2 + 60_000);
      for (const run of waits) expect(await stage.ended(run)).toMatchObject({ status: "succeeded", vars: { done: true } });
      for (const run of asks) expect(await stage.ended(run)).toMatchObject({ status: "succeeded", outcome: "late" });
      for (const run of others) expect(await stage.ended(run)).toMatchObject({ status: "succeeded" });
      for (const run of [...waits, ...asks, ...others]) {
        const trace = await stage.trace(run);
        expect(trace.filter(({ type }) => type === "timer-fired")).toHaveLength(1);
        expect(trace.map(({ at }) => at)).toEqual(trace.map(({ at }) => at).sort((one, other) => one - other));
      }
      expect((await stage.world.store.selectFrom("asks").select("state").execute()).every(({ state }) => state === "expired")).toBe(true);
      expect([stage.sentTo("/later").length, stage.sentTo("/poll").length]).toEqual([2, 2]);
    });

    it("back never sets a run's time back", async () => {
      const run = await stage.start("hour");
      await stage.next().pause(run, "ana");
      stage.world.host.ahead = 0;
      await stage.next().resume(run, "ana");
      await stage.crashAndOpen();
      expect(await stage.run(run)).toMatchObject({ status: "running" });
      const times = (await stage.trace(run)).map(({ at }) => at);
      expect(times).toEqual([...times].sort((one, other) => one - other));
    });
  });
}
