import type { StepState } from "@drawbridge/interpreter";
import { playbook as schema } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { criticalPath } from "./critical-path.ts";

const action = (name: string, next: readonly string[]) => ({ kind: "action", name, action: "ad.get", next });
const playbook = schema.parse({
  schemaVersion: 1,
  id: "sample",
  name: "Sample",
  start: ["begin"],
  steps: {
    begin: action("Begin", ["slow", "quick"]),
    slow: action("Slow", ["join"]),
    quick: action("Quick", ["join"]),
    join: action("Join", []),
    never: action("Never", ["join"]),
  },
});
const ended: { readonly [id: string]: number } = { begin: 10, slow: 90, quick: 20, join: 95 };
const stateOf = (id: string): StepState => {
  const endedAt = ended[id];
  return endedAt === undefined ? { status: "skipped", attempts: 0, endedAt: 99 } : { status: "succeeded", attempts: 1, startedAt: 0, endedAt, way: "next" };
};

test("it goes back by the way in that came last, past what was quicker or never ran", () => {
  expect([...criticalPath(playbook, stateOf)]).toEqual(["join", "slow", "begin"]);
});

test("there is none while nothing has ended", () => {
  expect(criticalPath(playbook, () => ({ status: "waiting", attempts: 0 })).size).toBe(0);
});
