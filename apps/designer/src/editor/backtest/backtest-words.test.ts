import { playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import { expect, it } from "vitest";
import { endsText, isOfKind, partingText, summaryText } from "./backtest-words.ts";
import { chosenRuns } from "./chosen-runs.ts";

const draft = playbook.parse({
  schemaVersion: 1,
  id: "x",
  name: "X",
  start: ["old"],
  steps: { old: { kind: "condition", name: "Old?", branches: [{ label: "yes", when: true, next: [] }], otherwise: { next: [] } } },
});
const ended = { status: "succeeded", outcome: "done", errorCode: null, step: null } as const;
const same: BacktestResult = {
  run: "r",
  playbook: { id: "x", version: 1 },
  startedAt: "2026-03-01T09:00:00.000Z",
  verdict: "same",
  parting: null,
  calls: { newly: [], noLonger: [], otherInput: [] },
  unknown: [],
  assumed: [],
  before: ended,
  now: ended,
};
const other: BacktestResult = {
  ...same,
  verdict: "other",
  parting: { step: "old", what: "other-way", before: { status: "succeeded", way: "branch:yes" }, now: { status: "succeeded", way: "otherwise" } },
  unknown: [{ step: "old", code: "not-asked", message: "The run never asked for this." }],
  now: { status: "open", outcome: null, errorCode: null, step: null },
};

it("says where a run parts, or from where it is not known", () => {
  expect(partingText(other, draft)).toBe("Old?: yes → otherwise");
  expect(partingText({ ...other, parting: null, verdict: "unknown" }, draft)).toBe("Old?: The run never asked for this.");
  expect(partingText(same, draft)).toBe("Ends succeeded, done");
  expect(partingText({ ...same, now: { status: "not-started", outcome: null, errorCode: "invalid-input", step: null, message: "The input is needed." } }, draft)).toBe(
    "The input is needed.",
  );
});

it("says how a run ends both ways", () => {
  expect(endsText(same)).toBe("Ended succeeded, done, both ways");
  expect(endsText(other)).toBe("Ended succeeded, done; with the draft, open from where it is unknown");
  expect(endsText({ ...same, now: { ...ended, status: "failed", outcome: null, errorCode: "no-branch-matched" } })).toBe(
    "Ended succeeded, done; with the draft, failed, no-branch-matched",
  );
});

it("counts a run that parts and is not known to the end with both", () => {
  expect(isOfKind.other(other) && isOfKind.unknown(other)).toBe(true);
  expect(summaryText([same, other])).toBe("1 of 2 runs would go another way; 1 cannot be known to the end.");
});

it("takes the last runs, the last days, or a span that ends after it begins", () => {
  const now = Date.UTC(2026, 2, 2);
  expect(chosenRuns("last-1000", now, "", "")).toEqual({ last: 1_000 });
  expect(chosenRuns("days-1", now, "", "")).toEqual({ since: "2026-03-01T00:00:00.000Z", until: "2026-03-02T00:00:00.000Z" });
  expect(chosenRuns("span", now, "2026-03-01T10:00Z", "2026-03-01T11:00Z")).toEqual({ since: "2026-03-01T10:00:00.000Z", until: "2026-03-01T11:00:00.000Z" });
  expect(chosenRuns("span", now, "2026-03-01T11:00Z", "2026-03-01T10:00Z")).toBeNull();
  expect(chosenRuns("span", now, "", "")).toBeNull();
});
