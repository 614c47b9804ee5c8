import { defineAction, defineIntegration } from "@drawbridge/integration-kit";
import { compile, foldTrace, stepOf } from "@drawbridge/interpreter";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { coverage, coveredBy } from "../scenario/coverage.ts";
import { runScenario } from "../scenario/run-scenario.ts";
import { scenario } from "../scenario/scenario.ts";
import { playbookOf } from "../testing/playbook-of.ts";
import { DryRun, dryRun, dryRunStart } from "./dry-run.ts";

interface Counter {
  add(by: number): number;
}

const counter = defineIntegration<Counter>()({
  id: "counter",
  title: "Counter",
  summary: "Counts.",
  tile: { text: "C", color: "slate" },
  connection: z.object({}),
  actions: [
    defineAction<Counter>()({
      name: "add",
      title: "Add",
      summary: "Adds.",
      effect: "changes",
      repeatable: false,
      input: z.object({ by: z.number() }),
      output: z.object({ total: z.number(), at: z.number() }),
      run: (input, context) => Promise.resolve({ total: context.client.add(input.by), at: context.now() }),
    }),
  ],
  simulate: (seed, clock) => {
    let total = z.object({ total: z.number().default(0) }).parse(seed ?? {}).total;
    let failing = 0;
    return {
      client: () => ({
        add: (by) => {
          if (failing > 0) {
            failing -= 1;
            throw Object.assign(new Error("down"), { name: "ActionError" });
          }
          return (total += by);
        },
      }),
      state: () => ({ total, at: clock() }),
      changes: () => [],
      fail: ({ times }) => void (failing += times),
    };
  },
});

const integrations = [counter as never];
const add = (by: unknown, next: readonly string[], more: object = {}) => ({ kind: "action", action: "counter.add", with: { by }, next, ...more });

const child = playbookOf(
  "child",
  ["ask"],
  { ask: { kind: "ask", prompt: "Sure?", branches: [{ label: "yes", next: [] }] } },
  { outputs: [{ key: "by", value: "{{ steps.ask.output.by }}" }] },
);
const main = playbookOf(
  "main",
  ["add"],
  {
    add: add("{{ input.by }}", ["wait"], { retry: { attempts: 3, delay: "PT10S" }, onError: { next: ["broken"] } }),
    wait: { kind: "wait", for: "P2D", next: ["ask"] },
    ask: {
      kind: "ask",
      prompt: "Go on?",
      branches: [
        { label: "yes", next: ["script"] },
        { label: "no", next: [] },
      ],
      timeLimit: "PT1H",
      onTimeLimit: { next: ["late"] },
    },
    script: { kind: "script", source: "return { random: Math.random(), now: Date.now(), total: input.total }", with: { total: "{{ steps.add.output.total }}" }, next: ["call"] },
    call: { kind: "call", playbook: "child", next: ["done"] },
    done: { kind: "end", outcome: "done" },
    late: { kind: "end", outcome: "late" },
    broken: { kind: "end", outcome: "broken", result: "failed" },
  },
  { inputs: [{ key: "by", type: "number", required: true }], outputs: [{ key: "by", value: "{{ steps.call.output.by }}" }] },
);
const playbooks = new Map([[child.id, child]]);
const options = {
  playbook: main,
  playbooks,
  integrations,
  input: { by: 2 },
  world: { counter: { total: 40 } },
  answers: { ask: { answer: "yes", by: "ana@qrst.com" }, "child/ask": { answer: "yes", by: "ben@qrst.com", after: "PT5M" } },
} as const;

describe("a dry run", () => {
  it("goes from step to step on a clock that jumps, with answers, scripts and called playbooks", async () => {
    const result = await dryRun(options);
    expect(result).toMatchObject({ halt: { reason: "ended" }, problems: [], state: { status: "succeeded", outcome: "done", outputs: { by: "ben@qrst.com" } } });
    expect(result.at).toBe(dryRunStart + 2 * 86_400_000 + 300_000);
    expect(result.world).toEqual({ counter: { total: 42, at: result.at } });
    expect(result.children).toMatchObject([{ playbook: "child", parent: { step: "call" }, state: { status: "succeeded" } }]);
    expect(foldTrace(compile(main), JSON.parse(JSON.stringify(result.trace)))).toEqual(result.state);
  });

  it("gives the same trace each time", async () => {
    expect((await dryRun(options)).trace).toEqual((await dryRun(options)).trace);
  });

  it("lets the limit pass when nobody answers, and waits for ever without a limit", async () => {
    expect((await dryRun({ ...options, answers: { ask: "none" } })).state.outcome).toBe("late");
    const waiting = await dryRun({ ...options, answers: { ask: { answer: "yes" } } });
    expect(waiting).toMatchObject({ halt: { reason: "waiting" }, state: { status: "running" } });
  });

  it("halts before a breakpoint's work, and goes on from there", async () => {
    const run = new DryRun({ ...options, breakpoints: ["ask"] });
    expect(await run.continue()).toEqual({ reason: "breakpoint", step: "ask" });
    expect(stepOf(run.result().state, compile(main), "ask").status).toBe("asking");
    expect(await run.continue()).toEqual({ reason: "ended" });
  });

  it("takes what is pinned for what a step returns, and gives a step another input", async () => {
    const pinned = await dryRun({ ...options, pins: { add: { total: 7, at: 0 }, call: { by: "pin" } } });
    expect(pinned).toMatchObject({ world: {}, children: [], state: { status: "succeeded", outputs: { by: "pin" } } });
    expect(stepOf(pinned.state, compile(main), "script").output).toMatchObject({ total: 7 });
    expect((await dryRun({ ...options, inputs: { add: { by: 50 } } })).world).toMatchObject({ counter: { total: 90 } });
  });

  it("halts at a failure when it is told to, and goes on from there", async () => {
    const run = new DryRun({ ...options, haltOnError: true, faults: [{ at: "counter", operation: "add", times: 9 }] });
    expect(await run.continue()).toEqual({ reason: "failure", step: "add" });
    expect(await run.continue()).toEqual({ reason: "ended" });
    expect(run.result().state.outcome).toBe("broken");
  });

  it("says which answer did not fit, and which seed", async () => {
    const result = await dryRun({ ...options, world: { counter: { total: "many" } }, answers: { ask: { answer: "perhaps" } } });
    expect(result.problems[0]).toContain("world of counter");
    expect((await dryRun({ ...options, answers: { ask: { answer: "perhaps" } } })).problems).toEqual([expect.stringContaining("perhaps")]);
  });

  it("stops at its budget", async () => {
    expect((await dryRun({ ...options, maxMoves: 2 })).halt).toEqual({ reason: "out-of-moves" });
  });
});

describe("a scenario", () => {
  const of = (expectation: object, more: object = {}) =>
    scenario.parse({ schemaVersion: 1, name: "x", input: { by: 2 }, answers: { ask: { answer: "yes" }, "child/ask": { answer: "yes" } }, expect: expectation, ...more });
  const run = (each: ReturnType<typeof of>) => runScenario({ playbook: main, playbooks, integrations, scenario: each });

  it("passes when all that it expects came true", async () => {
    const { problems, passed } = await run(
      of({
        status: "succeeded",
        outcome: "done",
        path: ["add", "call"],
        skipped: ["late"],
        failed: [],
        outputs: { by: "dry-run" },
        world: { counter: { total: 2 } },
        children: [{ playbook: "child", status: "succeeded" }],
      }),
    );
    expect(problems).toEqual([]);
    expect(passed).toBe(true);
  });

  it("names each thing that did not", async () => {
    const { problems, passed } = await run(
      of({
        status: "failed",
        outcome: "late",
        path: ["late"],
        skipped: ["add"],
        failed: ["add"],
        errorCode: "x",
        outputs: { by: "ana" },
        world: { counter: { total: 3 } },
        cases: [{ id: "C" }],
        children: [{ playbook: "other" }, { playbook: "child", status: "failed" }],
      }),
    );
    expect(passed).toBe(false);
    expect(problems).toEqual([
      "the run is succeeded, not failed",
      "the outcome is done, not late",
      "step late is skipped, not succeeded",
      "step add is succeeded, not skipped",
      "step add did not fail",
      "the run's error is none, not x",
      'outputs: /by is "dry-run", not "ana"',
      "world: /counter/total is 2, not 3",
      'no case is {"id":"C"}',
      "the playbook other was not called",
      "called playbook child: the run is succeeded, not failed",
    ]);
  });

  it("plays faults, and its runs together cover the branches", async () => {
    const down = await run(of({ outcome: "broken", failed: ["add"] }, { faults: [{ at: "counter", operation: "add", times: 9 }] }));
    expect(down.problems).toEqual([]);
    const late = await run(of({ outcome: "late" }, { answers: { ask: "none" } }));
    const fine = await run(of({ outcome: "done" }));
    expect(coverage(main, [fine.covered])).toEqual({ stepCoverage: 6 / 8, branchCoverage: 1 / 4, uncovered: ["late", "broken", "add error", "ask branch:no", "ask limit"] });
    expect(coverage(main, [fine.covered, down.covered, late.covered])).toEqual({ stepCoverage: 1, branchCoverage: 3 / 4, uncovered: ["ask branch:no"] });
    expect(coveredBy(fine.result.trace)).toEqual(fine.covered);
  });
});
