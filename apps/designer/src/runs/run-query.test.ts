import { expect, it } from "vitest";
import { askedOf, filtersSet, sameQuery, tidy } from "./run-query.ts";

const now = Date.UTC(2026, 10, 24, 12);

it("asks the server for a state, or for what waits for somebody", () => {
  expect(askedOf({ show: "failed" }, now)).toEqual({ status: "failed", search: undefined });
  expect(askedOf({ show: "asks", search: "leaver" }, now)).toEqual({ attention: "asks", search: "leaver" });
});

it("reaches back from now by a span, and keeps set times", () => {
  expect(askedOf({ span: "24h" }, now).from).toBe("2026-11-23T12:00:00.000Z");
  expect(askedOf({ from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z" }, now)).toMatchObject({ from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z" });
});

it("takes an empty filter for none", () => {
  expect(tidy({ input: "", errorCode: "timed-out", search: undefined })).toEqual({ errorCode: "timed-out" });
  expect(filtersSet({ input: "", errorCode: "timed-out", show: "failed", search: "x" })).toBe(1);
  expect(sameQuery({ playbook: "a", input: "" }, { playbook: "a" })).toBe(true);
  expect(sameQuery({ playbook: "a", input: "b" }, { playbook: "a" })).toBe(false);
});
