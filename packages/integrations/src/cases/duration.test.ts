import { expect, it } from "vitest";
import { duration, durationMs } from "./duration.ts";

it("reads ISO 8601 durations and refuses everything else", () => {
  expect(["PT1H", "PT30M", "P2D", "P1W", "P1DT2H3M4S", "PT90S"].map(durationMs)).toEqual([3_600_000, 1_800_000, 172_800_000, 604_800_000, 93_784_000, 90_000]);
  for (const wrong of ["", "P", "PT", "1H", "P1H", "PT1D", "P1Y", "-PT1H", "PT1H ", "P1DT"]) expect(duration.safeParse(wrong).success, wrong).toBe(false);
});
