import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSlaChangeAt, pauseSla, resumeSla, slaDueAt, slaElapsedMs, slaState, slaView, startSla, stopSla } from "./sla.ts";

const minute = 60_000;
const hour = 60 * minute;
const began = Date.parse("2026-11-24T09:14:00.000Z");
const clock = startSla({ id: "sla-1", name: "Resolve within 1 h", targetMs: hour }, began);

describe("an SLA clock", () => {
  it("is in time, at risk after three quarters, and breached at its due time", () => {
    expect(slaState(clock, began)).toBe("in-time");
    expect(slaState(clock, began + 45 * minute - 1)).toBe("in-time");
    expect(slaState(clock, began + 45 * minute)).toBe("at-risk");
    expect(slaState(clock, began + hour - 1)).toBe("at-risk");
    expect(slaState(clock, began + hour)).toBe("breached");
    expect(slaDueAt(clock)).toBe(began + hour);
  });

  it("stands still while it is paused, and is due so much later", () => {
    const paused = pauseSla(clock, began + 10 * minute);
    expect(slaState(paused, began + 5 * hour)).toBe("paused");
    expect(slaDueAt(paused)).toBeNull();
    expect(slaElapsedMs(paused, began + 5 * hour)).toBe(10 * minute);
    const resumed = resumeSla(paused, began + 30 * minute);
    expect(slaDueAt(resumed)).toBe(began + hour + 20 * minute);
    const again = resumeSla(pauseSla(resumed, began + 40 * minute), began + 50 * minute);
    expect(slaElapsedMs(again, began + 60 * minute)).toBe(30 * minute);
    expect(slaDueAt(again)).toBe(began + 90 * minute);
  });

  it("stays breached when it is paused too late", () => {
    expect(slaState(pauseSla(clock, began + 2 * hour), began + 3 * hour)).toBe("breached");
  });

  it("was met or missed once it is stopped, and counts no pause that was under way", () => {
    expect(slaState(stopSla(clock, began + hour - 1), began + 9 * hour)).toBe("met");
    expect(slaState(stopSla(clock, began + hour), began + hour)).toBe("missed");
    const stopped = stopSla(pauseSla(clock, began + 20 * minute), began + 3 * hour);
    expect(slaElapsedMs(stopped, began + 9 * hour)).toBe(20 * minute);
    expect(slaState(stopped, began + 9 * hour)).toBe("met");
  });

  it("does not change when it is told what it does already", () => {
    const paused = pauseSla(clock, began + minute);
    expect(pauseSla(paused, began + hour)).toBe(paused);
    expect(resumeSla(clock, began + hour)).toBe(clock);
    const stopped = stopSla(clock, began + minute);
    expect([stopSla(stopped, began + hour), pauseSla(stopped, began + hour), resumeSla(stopped, began + hour)]).toEqual([stopped, stopped, stopped]);
  });

  it("says when its state changes next", () => {
    expect(nextSlaChangeAt(clock, began)).toBe(began + 45 * minute);
    expect(nextSlaChangeAt(clock, began + 50 * minute)).toBe(began + hour);
    expect(nextSlaChangeAt(clock, began + hour)).toBeNull();
    expect(nextSlaChangeAt(pauseSla(clock, began), began)).toBeNull();
    expect(nextSlaChangeAt(stopSla(clock, began + 1), began + 2)).toBeNull();
  });

  it("shows itself without its bookkeeping", () => {
    expect(slaView(clock, began + 14 * minute)).toEqual({
      id: "sla-1",
      name: "Resolve within 1 h",
      targetMs: hour,
      atRiskMs: 45 * minute,
      startedAt: "2026-11-24T09:14:00.000Z",
      dueAt: "2026-11-24T10:14:00.000Z",
      pausedAt: null,
      stoppedAt: null,
      elapsedMs: 14 * minute,
      state: "in-time",
    });
  });

  it("counts exactly the time in which it ran, whatever the pauses", () => {
    const moves = fc.array(fc.record({ after: fc.nat(10 * minute), pause: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(moves, fc.nat(hour), (steps, tail) => {
        let now = began;
        let ran = 0;
        let running = true;
        let current = startSla({ id: "x", name: "x", targetMs: hour }, began);
        for (const { after, pause } of steps) {
          now += after;
          if (running) ran += after;
          current = pause ? pauseSla(current, now) : resumeSla(current, now);
          running = !pause;
        }
        if (running) ran += tail;
        expect(slaElapsedMs(current, now + tail)).toBe(ran);
        const next = nextSlaChangeAt(current, now + tail);
        if (next !== null) expect([slaState(current, next - 1), slaState(current, next)]).toEqual(ran < 45 * minute ? ["in-time", "at-risk"] : ["at-risk", "breached"]);
      }),
    );
  });
});
