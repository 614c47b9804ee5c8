import { compile, foldTrace, type TraceEvent } from "@drawbridge/interpreter";
import { playbook as schema } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { emptyHistory, extended, runAt } from "./run-history.ts";

const plan = compile(schema.parse({ schemaVersion: 1, id: "sample", name: "Sample", start: ["look"], steps: { look: { kind: "action", name: "Look up", action: "ad.get" } } }));
const started: TraceEvent = { seq: 1, at: 0, type: "run-started", run: "r", playbook: { id: "sample", version: 1 }, input: {}, trigger: { kind: "manual" }, case: null };
const events: readonly TraceEvent[] = [
  started,
  ...Array.from({ length: 700 }, (_, index): TraceEvent => ({ seq: index + 2, at: index + 1, type: "case-changed", case: { turn: index } })),
];

test("any earlier moment is what the trace came to then, however it arrived", () => {
  const history = extended(extended(emptyHistory(plan), events.slice(0, 300)), events.slice(300));
  for (const seq of [1, 255, 256, 257, 512, 600, 701]) expect(runAt(history, seq)).toEqual(foldTrace(plan, events.slice(0, seq)));
});
