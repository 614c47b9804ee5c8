import { expect, it } from "vitest";
import { bytesText, dayText, durationText, relativeText, wordsText } from "./format.ts";

it("writes lengths of time with two units at most", () => {
  expect([0, 420, 9_840, 59_999, 708_000, 14_220_000, 187_200_000].map(durationText)).toEqual(["0 ms", "420 ms", "9.8 s", "59 s", "11 m 48 s", "3 h 57 m", "2 d 4 h"]);
});

it("leaves out a second unit that is zero", () => {
  expect(durationText(3_600_000)).toBe("1 h");
});

it("writes sizes in units of a thousand, and rounds up into the next unit", () => {
  expect([0, 999, 18_400_000, 999_999, 2_000_000_000].map(bytesText)).toEqual(["0 B", "999 B", "18.4 MB", "1.0 MB", "2.0 GB"]);
});

it("tells how long ago, then the day", () => {
  const now = new Date(2026, 10, 24, 12, 0).getTime();
  expect(relativeText(now - 20_000, now)).toBe("just now");
  expect(relativeText(now + 3_000, now)).toBe("just now");
  expect(relativeText(now - 12 * 60_000, now)).toBe("12 m ago");
  expect(relativeText(now - 26 * 3_600_000, now)).toBe("Yesterday");
  expect(dayText(now, now)).toBe("Today");
});

it("makes words of codes and leaves what is written for people", () => {
  expect(["removable-media", "RESOLVED", "SourceCode", "Exposure on an endpoint", "endpointId"].map(wordsText)).toEqual([
    "Removable media",
    "Resolved",
    "Source code",
    "Exposure on an endpoint",
    "Endpoint id",
  ]);
});
