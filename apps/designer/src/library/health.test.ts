import type { PlaybookSummary } from "@drawbridge/protocol";
import { expect, it } from "vitest";
import { healthOf } from "./health.ts";

const playbook: PlaybookSummary = {
  id: "p",
  name: "P",
  description: "",
  tags: [],
  live: 1,
  draft: false,
  draftBy: null,
  updatedAt: "",
  steps: 1,
  integrations: [],
  recentRuns: [],
  lastRunAt: null,
  running: 0,
  inDoubt: 0,
  findings: { errors: 0, warnings: 0 },
  shipped: false,
};
const run = (status: PlaybookSummary["recentRuns"][number]["status"]) => ({ id: status, status, durationMs: 1 });

it("puts a run that waits for a decision before everything else", () => {
  expect(healthOf({ ...playbook, inDoubt: 1, recentRuns: [run("failed"), run("failed")] })).toMatchObject({ word: "Needs attention", reason: "1 run waits for a decision" });
});

it("calls it failing when the last runs failed, running ones aside", () => {
  expect(healthOf({ ...playbook, recentRuns: [run("running"), run("failed"), run("failed"), run("succeeded")] })).toMatchObject({
    word: "Failing",
    reason: "the last 2 runs failed",
  });
});

it("is healthy again after a success", () => {
  expect(healthOf({ ...playbook, recentRuns: [run("succeeded"), run("failed")] }).word).toBe("Healthy");
});

it("says what is not published and what never ran", () => {
  expect(healthOf({ ...playbook, live: null }).word).toBe("Not published");
  expect(healthOf(playbook).word).toBe("Not run yet");
});
