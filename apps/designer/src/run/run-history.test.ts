import { compile, foldTrace, type TraceEvent } from "@drawbridge/interpreter";
import { playbook as schema } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { GrowingHistory, runAt } from "./run-history.ts";

const plan = compile(schema.parse({ schemaVersion: 1, id: "sample", name: "Sample", start: ["look"], steps: { look: { kind: "action", name: "Look up", action: "ad.get" } } }));
const started: TraceEvent = { seq: 1, at: 0, type: "run-started", run: "r", playbook: { id: "sample", version: 1 }, input: {}, trigger: { kind: "manual" }, case: null };
const events: readonly TraceEvent[] = [
  started,
  ...Array.from({ length: 700 }, (_, index): TraceEvent => ({ seq: index + 2, at: index + 1, type: "case-changed", case: { turn: index } })),
];

test("any earlier moment is what the trace came to then, however it arrived", () => {
  const growing = new GrowingHistory(plan);
  for (const [from, to] of [
    [0, 300],
    [300, 301],
    [301, 701],
  ])
    growing.add(events.slice(from, to));
  const history = growing.soFar();
  expect(history.events).toEqual(events);
  for (const seq of [1, 255, 256, 257, 512, 600, 701]) expect(runAt(history, seq)).toEqual(foldTrace(plan, events.slice(0, seq)));
});

test("a history that was handed out stays as it was when more comes", () => {
  const growing = new GrowingHistory(plan);
  growing.add(events.slice(0, 2));
  const before = growing.soFar();
  growing.add(events.slice(2));
  expect(before.events).toHaveLength(2);
  expect(before.run).toEqual(foldTrace(plan, events.slice(0, 2)));
});
