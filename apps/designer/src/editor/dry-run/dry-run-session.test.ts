import { DryRun } from "@drawbridge/engine";
import type { Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { DryRunSession, type DryRunSetup } from "./dry-run-session.ts";

const playbook: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  inputs: [{ key: "who", type: "string" }],
  start: ["keep"],
  steps: {
    keep: { kind: "set", name: "Keep", values: { who: "{{ input.who }}" }, next: ["wait"] },
    wait: { kind: "wait", name: "Wait", for: "PT1H", next: ["ask"] },
    ask: {
      kind: "ask",
      name: "Ask",
      prompt: "Go on?",
      branches: [
        { label: "yes", next: ["done"] },
        { label: "no", next: ["stopped"] },
      ],
      timeLimit: "PT4H",
      onTimeLimit: { next: ["late"] },
    },
    late: { kind: "end", name: "Late", outcome: "late" },
    done: { kind: "end", name: "Done", outcome: "done" },
    stopped: { kind: "end", name: "Stopped", outcome: "stopped" },
  },
};
const setup: DryRunSetup = { input: { who: "ann" }, answers: {}, scenario: null };
const session = (breakpoints: string[] = []) => new DryRunSession((options) => new DryRun({ ...options, integrations: [] }), playbook, new Map(), setup, new Set(breakpoints));

describe("DryRunSession", () => {
  it("stops at an ask, takes the answer and goes on from there", async () => {
    const run = session();
    await run.continue();
    expect(run.halt).toEqual({ reason: "waiting" });
    expect(run.asks().map(({ step }) => step)).toEqual(["ask"]);
    const before = run.result?.trace.length ?? 0;
    await run.answer("ask", { answer: "no" });
    expect(run.result?.trace.slice(0, before).map((event) => event.type)).toHaveLength(before);
    await run.continue();
    expect([run.halt?.reason, run.result?.state.outcome]).toEqual(["ended", "stopped"]);
    expect(run.stateOf("done").status).toBe("skipped");
  });

  it("lets the time limit pass when it goes on from an ask without an answer", async () => {
    const run = session();
    await run.continue();
    await run.continue();
    expect(run.result?.state.outcome).toBe("late");
  });

  it("shows something new with every step", async () => {
    const run = session();
    let last = 0;
    for (await run.step(); run.halt === null; await run.step()) {
      const now = run.result?.trace.length ?? 0;
      expect(now).toBeGreaterThan(last);
      last = now;
    }
    expect([run.result?.state.outcome, last > 0]).toEqual(["late", true]);
  });

  it("stands before a breakpoint, and at the same place when another is set", async () => {
    const run = session(["wait"]);
    await run.continue();
    expect(run.halt).toEqual({ reason: "breakpoint", step: "wait" });
    const before = run.result?.trace;
    await run.breakAt(new Set(["wait", "ask"]));
    expect(run.result?.trace).toEqual(before);
    await run.continue();
    expect(run.halt).toMatchObject({ reason: "breakpoint" });
  });

  it("knows nothing before its first move", () => {
    const run = session();
    expect([run.result, run.halt, run.stateOf("keep").status]).toEqual([null, null, "waiting"]);
  });
});
