import { coverage, coveredBy, DryRun } from "@drawbridge/engine";
import type { Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { type Breakpoints, DryRunSession, type DryRunSetup } from "./dry-run-session.ts";

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
const setup: DryRunSetup = { input: { who: "ann" }, answers: {}, pins: {}, haltOnError: false, scenario: null };
const nothing = () => undefined;
const session = (breakpoints: Breakpoints = new Map(), more: Partial<DryRunSetup> = {}, document = playbook) =>
  new DryRunSession({ make: (options) => new DryRun({ ...options, integrations: [] }), coverage, coveredBy }, document, new Map(), { ...setup, ...more }, breakpoints);

describe("DryRunSession", () => {
  it("stops at an ask, takes the answer and goes on from there", async () => {
    const run = session();
    await run.continue(nothing);
    expect(run.halt).toEqual({ reason: "waiting" });
    expect(run.asks().map(({ step }) => step)).toEqual(["ask"]);
    const before = run.result?.trace.length ?? 0;
    await run.answer("ask", { answer: "no" });
    expect(run.result?.trace.slice(0, before).map((event) => event.type)).toHaveLength(before);
    await run.continue(nothing);
    expect([run.halt?.reason, run.result?.state.outcome]).toEqual(["ended", "stopped"]);
    expect(run.stateOf("done").status).toBe("skipped");
  });

  it("lets the time limit pass when it goes on from an ask without an answer", async () => {
    const run = session();
    await run.continue(nothing);
    await run.continue(nothing);
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
    const run = session(new Map([["wait", null]]));
    await run.continue(nothing);
    expect(run.halt).toEqual({ reason: "breakpoint", step: "wait" });
    const before = run.result?.trace;
    await run.breakAt(
      new Map([
        ["wait", null],
        ["ask", null],
      ]),
    );
    expect(run.result?.trace).toEqual(before);
    await run.continue(nothing);
    expect(run.halt).toMatchObject({ reason: "breakpoint" });
  });

  it("knows nothing before its first move", () => {
    const run = session();
    expect([run.result, run.halt, run.stateOf("keep").status]).toEqual([null, null, "waiting"]);
  });

  it("stands at a breakpoint with a condition only when that holds", async () => {
    const of = (who: string) => session(new Map([["wait", { "==": [{ var: "vars.who" }, who] }]]));
    const [held, passed] = [of("ann"), of("ben")];
    await held.continue(nothing);
    await passed.continue(nothing);
    expect([held.halt, passed.halt]).toEqual([{ reason: "breakpoint", step: "wait" }, { reason: "waiting" }]);
  });

  it("takes what the person decides at a stop for what the step returns, and steps over it", async () => {
    const script: Playbook = {
      ...playbook,
      start: ["ask-elsewhere"],
      steps: {
        "ask-elsewhere": { kind: "script", name: "Ask elsewhere", source: "return { is: input.who }", with: { who: "{{ input.who }}" }, next: ["done"] },
        done: { kind: "end", name: "Done", outcome: "{{ steps.ask-elsewhere.output.is }}" },
      },
    };
    const at: Breakpoints = new Map([["ask-elsewhere", null]]);
    const outcomes = await Promise.all(
      [{ output: { is: "decided" } }, { input: { who: "ben" } }].map(async (decision) => {
        const run = session(at, {}, script);
        await run.continue(nothing);
        await run.decide("ask-elsewhere", decision);
        expect(run.halt).toEqual({ reason: "breakpoint", step: "ask-elsewhere" });
        await run.stepOver(nothing);
        expect(run.stateOf("ask-elsewhere").status).toBe("succeeded");
        await run.continue(nothing);
        return run.stateOf("ask-elsewhere").output;
      }),
    );
    expect(outcomes).toEqual([{ is: "decided" }, { is: "ben" }]);
  });
});
