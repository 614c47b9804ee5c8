import { expect, it } from "vitest";
import { readAnswer } from "./read-answer.ts";

const fields = [
  { key: "host", label: "Host", type: "choice" as const, options: ["A", "B"], required: true },
  { key: "count", label: "Count", type: "number" as const },
  { key: "sure", label: "Sure", type: "boolean" as const },
];

it("reads numbers as numbers and an untouched switch as no", () => {
  expect(readAnswer(fields, { host: "A", count: "3" }, true)).toEqual({ host: "A", count: 3, sure: false });
});

it("demands required fields, but not of someone who declines", () => {
  expect(() => readAnswer(fields, {}, true)).toThrowError(expect.objectContaining({ code: "invalid-answer", pointer: "/values/host" }));
  expect(readAnswer(fields, {}, false)).toEqual({ sure: false });
});

it("refuses what is not a number", () => {
  expect(() => readAnswer(fields, { host: "A", count: "many" }, true)).toThrowError(expect.objectContaining({ pointer: "/values/count" }));
});
