import type { SlaClockView } from "@drawbridge/protocol";
import { describe, expect, it } from "vitest";
import { slaLook } from "./sla-state.ts";

const started = Date.parse("2026-11-24T09:00:00.000Z");
const minute = 60_000;
const clock: SlaClockView = {
  id: "c",
  name: "Resolve within 1 h",
  targetMs: 60 * minute,
  atRiskMs: 15 * minute,
  startedAt: new Date(started).toISOString(),
  dueAt: new Date(started + 60 * minute).toISOString(),
  pausedAt: null,
  stoppedAt: null,
  elapsedMs: 0,
  state: "in-time",
};
const after = (minutes: number) => slaLook(clock, started + minutes * minute);

describe("an SLA clock", () => {
  it("counts down while there is time", () => {
    expect(after(14)).toEqual({ tone: "ok", words: "46 m left", used: 14 / 60 });
  });

  it("becomes at risk by itself when little time is left", () => {
    expect(after(44)).toMatchObject({ tone: "ok", words: "16 m left" });
    expect(after(45)).toMatchObject({ tone: "wait", words: "At risk, 15 m left" });
  });

  it("is breached at its due time and says since when", () => {
    expect(after(60)).toMatchObject({ tone: "fail", words: "Breached just now", used: 1 });
    expect(after(64)).toMatchObject({ tone: "fail", words: "Breached 4 m ago" });
  });

  it("stands still while it is paused", () => {
    const paused = slaLook({ ...clock, state: "paused", dueAt: null, elapsedMs: 30 * minute }, started + 500 * minute);
    expect(paused).toEqual({ tone: "skip", words: "Paused", used: 0.5 });
  });

  it("stays as it was stopped", () => {
    expect(slaLook({ ...clock, state: "met", elapsedMs: 15 * minute }, started + 500 * minute)).toEqual({ tone: "ok", words: "Met", used: 0.25 });
    expect(slaLook({ ...clock, state: "missed", elapsedMs: 90 * minute }, started)).toMatchObject({ tone: "fail", words: "Missed" });
  });
});
