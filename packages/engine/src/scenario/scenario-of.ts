import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";
import { pathTaken } from "../backtest/path-taken.ts";
import { type Asked, recordedRun } from "../backtest/recorded-run.ts";
import type { Expectation, Scenario, ScenarioAnswers, ScenarioResults } from "./scenario.ts";

type Result = ScenarioResults[string][number];
type Answer = Exclude<ScenarioAnswers, readonly unknown[]>;

/** A finished run as a scenario: what it was given, what its calls came to and what people answered, and that it goes the same way. Scripts are run anew. Null of a trace that is none, or has no end. */
export function scenarioOf(trace: readonly TraceEvent[], playbook: Playbook, name: string): Scenario | null {
  const recorded = recordedRun(trace);
  const path = pathTaken(trace);
  if (!recorded?.ended || path.end.status === "open") return null;
  const { started } = recorded;
  const results: { [step: string]: Result[] } = {};
  const answers: { [step: string]: ScenarioAnswers } = {};
  for (const [step, all] of recorded.askedBy) {
    const kind = playbook.steps[step]?.kind;
    if (kind === "action" || kind === "call") results[step] = all.map((asked) => resultOf(asked, itemOf(trace, asked.effect)));
    if (kind === "ask") answers[step] = all.map(answerOf);
  }
  const signals = recorded.happenings.flatMap(({ happening }) =>
    happening.type === "signal-received" ? [{ signal: happening.signal, data: happening.data, after: durationOf(happening.at - started.at) }] : [],
  );
  const { kind, source } = started.trigger;
  return {
    schemaVersion: 1,
    name,
    trigger: { kind: kind === "call" ? "manual" : kind, ...(source === undefined ? {} : { source }) },
    input: started.input,
    ...(started.case === null ? {} : { case: started.case }),
    startAt: new Date(started.at).toISOString(),
    ...(Object.keys(results).length > 0 ? { results } : {}),
    ...(Object.keys(answers).length > 0 ? { answers } : {}),
    ...(signals.length > 0 ? { signals } : {}),
    expect: expectationOf(path),
  };
}

function expectationOf({ steps, end }: ReturnType<typeof pathTaken>): Expectation {
  const of = (status: string) => [...steps.values()].flatMap((passed) => (passed.status === status ? [passed.step] : []));
  return {
    status: end.status === "open" ? "running" : end.status,
    outcome: end.outcome,
    path: of("succeeded"),
    skipped: of("skipped"),
    failed: of("failed"),
    ...(end.errorCode === null ? {} : { errorCode: end.errorCode }),
  };
}

const itemOf = (trace: readonly TraceEvent[], effect: string): number | undefined => {
  const begun = trace.find((event) => event.type === "attempt-started" && event.effect === effect);
  return begun?.type === "attempt-started" ? begun.item : undefined;
};

function resultOf({ answers, passedAfterMs }: Asked, item: number | undefined): Result {
  const of = item === undefined ? {} : { item };
  for (const { answer } of answers) {
    if (answer.type === "effect-succeeded") return { ...of, output: answer.output, ...(answer.case === undefined ? {} : { case: answer.case }) };
    if (answer.type === "effect-failed") return { ...of, error: answer.error };
    if (answer.type === "child-ended") return { ...of, output: answer.outputs, ...(answer.status === "succeeded" ? {} : { error: answer.error ?? childError(answer.status) }) };
    if (answer.type === "doubt-decided" && answer.decision === "done") return { ...of, output: answer.output ?? null };
  }
  if (passedAfterMs !== null) return { ...of, error: { code: "timed-out", message: "The time of the step was up.", retryable: true } };
  return { ...of, output: null };
}

const childError = (status: "failed" | "cancelled") => ({ code: `child-run-${status}`, message: `The called run was ${status}.`, retryable: false });

function answerOf({ answers }: Asked): Answer {
  for (const { afterMs, answer } of answers)
    if (answer.type === "ask-answered")
      return {
        answer: answer.answer,
        by: answer.by,
        ...(Object.keys(answer.values).length > 0 ? { values: answer.values as { [key: string]: Json } } : {}),
        ...(afterMs > 0 ? { after: durationOf(afterMs) } : {}),
      };
  return "none";
}

const durationOf = (ms: number): string => `PT${Math.max(0, ms) / 1_000}S`;
