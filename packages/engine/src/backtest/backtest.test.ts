import { advance, compile, type Run, type RunInput, type TraceEvent } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { playbookOf } from "../testing/playbook-of.ts";
import { type Backtest, backtest } from "./backtest.ts";
import type { FactsOf } from "./replay.ts";

const startedAt = Date.UTC(2026, 2, 1, 9);
const facts: FactsOf = (action) => (action.startsWith("look.") ? { effect: "reads", repeatable: true } : { effect: "changes", repeatable: false });

type Timeless<Input> = Input extends unknown ? Omit<Input, "at"> : never;
type Given = readonly [seconds: number, input: Timeless<RunInput>];

const ok = (step: string, output: Json = null, attempt = 1): Timeless<RunInput> => ({ type: "effect-succeeded", effect: `r/${step}/${attempt}`, output });
const answered = (step: string, answer: string): Timeless<RunInput> => ({ type: "ask-answered", effect: `r/${step}/1`, answer, values: {}, by: "ana@qrst.com" });

/** A run of the document that was given these inputs, so many seconds after its start. */
function recorded(playbook: Playbook, given: readonly Given[], input: { readonly [key: string]: Json } = {}): readonly TraceEvent[] {
  const plan = compile(playbook);
  const trace: TraceEvent[] = [];
  let run: Run | null = null;
  const take = (next: RunInput): void => {
    const [after, , entries] = advance(plan, run, next);
    if (entries.length === 0) throw new Error(`${next.type} changed nothing`);
    run = after;
    trace.push(...entries);
  };
  take({ type: "run-started", at: startedAt, run: "r", playbook: { id: playbook.id, version: 3 }, input, trigger: { kind: "manual" }, case: null });
  for (const [seconds, each] of given) take({ ...each, at: startedAt + seconds * 1_000 } as RunInput);
  return trace;
}

function tested(
  before: Playbook,
  draft: Playbook,
  given: readonly Given[],
  options: { readonly input?: { readonly [key: string]: Json }; readonly blind?: boolean } = {},
): Backtest {
  const trace = recorded(before, given, options.input);
  const result = backtest({ draft, trace, before: options.blind ? null : before, facts });
  if (!result) throw new Error("no trace");
  return result.backtest;
}

const above = (limit: number): Json => ({ ">": [{ var: "steps.score.output.points" }, limit] });
const triage = (limit: number, more: object = {}): Playbook =>
  playbookOf("triage", ["score"], {
    score: { kind: "action", action: "look.score", with: { user: "{{ input.user }}" }, next: ["grave"] },
    grave: { kind: "condition", branches: [{ label: "yes", when: above(limit), next: ["isolate"] }], otherwise: { next: ["done"] } },
    isolate: { kind: "action", action: "host.isolate", with: { host: "{{ steps.score.output.host }}" }, next: ["done"] },
    done: { kind: "end", outcome: "done" },
    ...more,
  });
const scored: Given = [2, ok("score", { points: 50, host: "pc-1" })];
const isolated: readonly Given[] = [scored, [5, ok("isolate")]];

describe("a backtest", () => {
  it("of the document itself goes the same way, entry for entry", () => {
    const before = playbookOf("all", ["poll"], {
      poll: {
        kind: "action",
        action: "look.state",
        repeat: { until: { "==": [{ var: "output" }, "up"] }, every: "PT10S", max: 5 },
        retry: { attempts: 2, delay: "PT1S" },
        next: ["each"],
      },
      each: { kind: "action", action: "host.isolate", forEach: { items: ["a", "b"], concurrency: 2 }, with: { host: "{{ item }}" }, next: ["wait"] },
      wait: { kind: "wait", for: "PT1H", next: ["ask"] },
      ask: { kind: "ask", prompt: "?", branches: [{ label: "yes", next: ["end"] }], timeLimit: "PT1H", onTimeLimit: { next: ["end"] } },
      end: { kind: "end", outcome: "{{ steps.wait.output.at }}" },
    });
    const trace = recorded(before, [
      [1, { type: "effect-failed", effect: "r/poll/1", error: { code: "down", message: "Down.", retryable: true } }],
      [3, { type: "timer-fired", effect: "r/poll/1/retry" }],
      [4, ok("poll", "down", 2)],
      [14.5, { type: "timer-fired", effect: "r/poll/2/repeat" }],
      [15, ok("poll", "up", 3)],
      [16, { type: "effect-succeeded", effect: "r/each[1]/1", output: 1 }],
      [17, { type: "pause-requested", by: "ana@qrst.com" }],
      [18, { type: "effect-succeeded", effect: "r/each[0]/1", output: 0 }],
      [20, { type: "resume-requested", by: "ana@qrst.com" }],
      [3_700, { type: "timer-fired", effect: "r/wait/1" }],
      [7_300, { type: "timer-fired", effect: "r/ask/1/limit" }],
    ]);
    const result = backtest({ draft: before, trace, before, facts });
    expect(result?.trace).toEqual(trace);
    expect(result?.backtest).toMatchObject({ run: "r", verdict: "same", parting: null, unknown: [], assumed: [], now: { status: "succeeded" } });
  });

  it("names where the ways part, with both explanations, and the change that no longer happens", () => {
    const result = tested(triage(40), triage(60), isolated, { input: {} });
    expect(result).toMatchObject({
      verdict: "other",
      parting: {
        step: "grave",
        what: "other-way",
        before: { way: "branch:yes", explained: [{ branch: "yes", holds: true }] },
        now: { way: "otherwise", explained: [{ branch: "yes", holds: false }] },
      },
      calls: { newly: [], noLonger: [{ step: "isolate", kind: "action", what: "host.isolate" }], otherInput: [] },
      unknown: [],
      now: { status: "succeeded", outcome: "done" },
    });
  });

  it("names a change that would newly happen, and does not invent its answer", () => {
    const result = tested(triage(60), triage(40), [scored]);
    expect(result).toMatchObject({
      verdict: "other",
      parting: { step: "grave", before: { way: "otherwise" }, now: { way: "branch:yes" } },
      calls: { newly: [{ step: "isolate", what: "host.isolate" }], noLonger: [] },
      unknown: [{ step: "isolate", code: "not-asked" }],
      before: { status: "succeeded" },
      now: { status: "open" },
    });
  });

  it("takes the answer to a change that gets other input as assumed, and shows the input", () => {
    const draft = triage(40, { isolate: { kind: "action", action: "host.isolate", with: { host: "{{ steps.score.output.host }}", note: "why" }, next: ["done"] } });
    expect(tested(triage(40), draft, isolated)).toMatchObject({
      verdict: "same",
      assumed: ["isolate"],
      calls: { otherInput: [{ step: "isolate", changed: [{ key: "note", before: null, now: '"why"' }] }] },
    });
  });

  it("does not know what a read of something else would have found", () => {
    const draft = triage(40, { score: { kind: "action", action: "look.score", with: { user: "somebody else" }, next: ["grave"] } });
    expect(tested(triage(40), draft, isolated)).toMatchObject({
      verdict: "unknown",
      parting: null,
      unknown: [{ step: "score", code: "asked-otherwise" }],
      calls: { noLonger: [] },
    });
  });

  it("does not take one action's answer for another's", () => {
    const draft = triage(40, { score: { kind: "action", action: "look.weight", with: { user: "{{ input.user }}" }, next: ["grave"] } });
    expect(tested(triage(40), draft, isolated)).toMatchObject({ verdict: "unknown", unknown: [{ step: "score", code: "asked-otherwise" }] });
  });

  it("finds the answers of a step that has another id now", () => {
    const { isolate: _gone, ...steps } = triage(40).steps;
    const draft = {
      ...triage(40),
      steps: {
        ...steps,
        grave: { ...triage(40).steps["grave"], branches: [{ label: "yes", when: above(40), next: ["cut-off"] }] },
        "cut-off": { kind: "action", name: "x", action: "host.isolate", with: { host: "{{ steps.score.output.host }}" }, next: ["done"] },
      },
    } as unknown as Playbook;
    expect(tested(triage(40), draft, isolated)).toMatchObject({ verdict: "same", parting: null, calls: { newly: [], noLonger: [] }, unknown: [], now: { status: "succeeded" } });
  });

  it("takes a branch by another name that leads to the same steps for the same way", () => {
    const draft = triage(40, { grave: { kind: "condition", branches: [{ label: "severe", when: above(40), next: ["isolate"] }], otherwise: { next: ["done"] } } });
    expect(tested(triage(40), draft, isolated)).toMatchObject({ verdict: "same", parting: null });
  });

  it("points at a new condition that rules out what the run came to", () => {
    const draft = triage(40, {
      grave: { kind: "condition", branches: [{ label: "yes", when: above(40), next: ["allowed"] }], otherwise: { next: ["done"] } },
      allowed: { kind: "condition", branches: [{ label: "allowed", when: false, next: ["isolate"] }], otherwise: { next: ["done"] } },
    });
    const { parting } = tested(triage(40), draft, isolated);
    expect(parting).toMatchObject({ step: "allowed", what: "other-way", before: { status: "absent" }, now: { way: "otherwise" } });
  });

  it("says which answer of a person does not fit any more, and lets no limit pass for it", () => {
    const asking = (label: string): Playbook =>
      playbookOf("asking", ["ask"], {
        ask: { kind: "ask", prompt: "?", branches: [{ label, next: ["end"] }], timeLimit: "PT1H", onTimeLimit: { next: ["end"] } },
        end: { kind: "end", outcome: "x" },
      });
    expect(tested(asking("yes"), asking("sure"), [[60, answered("ask", "yes")]])).toMatchObject({
      verdict: "unknown",
      unknown: [{ step: "ask", code: "answer-refused" }],
      now: { status: "open" },
    });
  });

  it("lets a shorter limit pass before the answer came, and does not know what a longer one would have brought", () => {
    const asking = (timeLimit: string): Playbook =>
      playbookOf("asking", ["ask"], {
        ask: { kind: "ask", prompt: "?", branches: [{ label: "yes", next: ["end"] }], timeLimit, onTimeLimit: { next: ["late"] } },
        end: { kind: "end", outcome: "answered" },
        late: { kind: "end", outcome: "late" },
      });
    const inTime = tested(asking("PT1H"), asking("PT10M"), [[1_800, answered("ask", "yes")]]);
    expect(inTime).toMatchObject({ verdict: "other", parting: { step: "ask", before: { way: "branch:yes" }, now: { way: "limit" } }, now: { outcome: "late" } });
    const passed: Given = [3_600, { type: "timer-fired", effect: "r/ask/1/limit" }];
    expect(tested(asking("PT1H"), asking("PT2H"), [passed])).toMatchObject({ verdict: "unknown", unknown: [{ step: "ask", code: "no-answer" }] });
    expect(tested(asking("PT1H"), asking("PT30M"), [passed])).toMatchObject({ verdict: "same", now: { outcome: "late" } });
  });

  it("is not let into a run whose input the draft refuses", () => {
    const draft = { ...triage(40), inputs: [{ key: "user", type: "string", required: true }] } as unknown as Playbook;
    expect(tested(triage(40), draft, isolated)).toMatchObject({ verdict: "other", now: { status: "not-started", errorCode: "invalid-input" } });
  });

  it("makes no re-run of a step that does not fail any more", () => {
    const failing = (more: object): Playbook =>
      playbookOf("f", ["a"], { a: { kind: "action", action: "host.isolate", next: ["end"], ...more }, end: { kind: "end", outcome: "ok" } });
    const given: readonly Given[] = [
      [1, { type: "effect-failed", effect: "r/a/1", error: { code: "down", message: "Down.", retryable: false } }],
      [60, { type: "rerun-requested", step: "a", by: "ana@qrst.com" }],
      [61, ok("a", null, 2)],
    ];
    expect(tested(failing({}), failing({}), given)).toMatchObject({ verdict: "same", now: { status: "succeeded" } });
    expect(tested(failing({}), failing({ onError: { next: ["end"] } }), given)).toMatchObject({
      verdict: "other",
      parting: { step: "a", what: "other-result", before: { status: "succeeded" }, now: { status: "failed", way: "error" } },
      now: { status: "succeeded" },
    });
  });

  it("waits for no call that the run never made to time out", () => {
    const draft = triage(60, { extra: { kind: "action", action: "host.scan", timeout: "PT1M", onError: { next: ["done"] }, next: ["done"] } });
    const drawn = { ...draft, start: ["score", "extra"] };
    expect(tested(triage(60), drawn, [scored])).toMatchObject({ verdict: "other", calls: { newly: [{ step: "extra" }] }, unknown: [{ step: "extra", code: "not-asked" }] });
  });

  it("without the recorded document takes a step of the same id for the same, and tells by its mark that a step which is gone changed something", () => {
    const { isolate: _gone, ...steps } = triage(60).steps;
    const draft = { ...triage(60), steps } as Playbook;
    const given: readonly Given[] = [scored, [3, { type: "effect-sent", effect: "r/isolate/1" }], [5, ok("isolate")]];
    expect(tested(triage(40), draft, given, { blind: true })).toMatchObject({ verdict: "other", calls: { noLonger: [{ step: "isolate", what: null }] } });
  });

  it("is none when the trace does not begin", () => {
    expect(backtest({ draft: triage(40), trace: [], before: null, facts })).toBeNull();
  });
});
