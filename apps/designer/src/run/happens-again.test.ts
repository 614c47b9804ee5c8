import { playbook as schema } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { happensAgain } from "./happens-again.ts";

const step = (action: string, next: readonly string[]) => ({ kind: "action", name: action, action, next });
const playbook = schema.parse({
  schemaVersion: 1,
  id: "sample",
  name: "Sample",
  start: ["look"],
  steps: {
    look: step("ad.get", ["isolate"]),
    isolate: step("xdr.isolate", ["child"]),
    child: { kind: "call", name: "Child", playbook: "other", next: ["tell"] },
    tell: step("mail.send", []),
  },
});
const actions = new Map([
  ["ad.get", { effect: "reads" as const, repeatable: true }],
  ["xdr.isolate", { effect: "changes" as const, repeatable: true }],
  ["mail.send", { effect: "changes" as const, repeatable: false }],
]);

test("changing actions and calls after the step happen again when they were begun before, for-each steps without attempts of their own too", () => {
  const again = happensAgain(playbook, "look", actions, (id) =>
    id === "tell" ? { status: "waiting", attempts: 0 } : id === "isolate" ? { status: "succeeded", attempts: 0, startedAt: 1 } : { status: "failed", attempts: 1, startedAt: 1 },
  );
  expect(again.map(({ id, recorded }) => [id, recorded])).toEqual([
    ["isolate", true],
    ["child", false],
  ]);
});

test("what comes before the step does not happen again", () => {
  expect(happensAgain(playbook, "tell", actions, () => ({ status: "succeeded", attempts: 1 })).map(({ id }) => id)).toEqual(["tell"]);
});
