import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import jsonLogic from "json-logic-js";
import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { deviations } from "./deviations.ts";
import { evaluate } from "./evaluate.ts";
import { evaluateExplained } from "./explain.ts";
import { scopeOf } from "./scope.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../../..");
const file = join(root, "../shared/corpus/jsonlogic/tests.json");
const cases: [Json, Json, Json][] = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as (string | [Json, Json, Json])[]).filter((each) => typeof each !== "string") : [];
if (cases.length === 0) console.warn("skipped: JsonLogic's own suite is not there (../shared/corpus/jsonlogic/tests.json)");

describe.skipIf(cases.length === 0)("JsonLogic's own suite", () => {
  it("is the whole suite", () => {
    expect(cases.length).toBeGreaterThanOrEqual(278);
  });

  it.each(cases.map(([logic, data, value]) => ({ name: JSON.stringify([logic, data]), logic, data, value })))("$name", ({ logic, data, value }) => {
    expect(evaluate(logic, scopeOf(data ?? null))).toEqual(value);
    expect(evaluateExplained(logic, scopeOf(data ?? null)).value).toEqual(value);
  });
});

describe("what is deliberately done otherwise than json-logic-js", () => {
  it.each(deviations)("$what", ({ logic, data, value }) => {
    expect(evaluate(logic, scopeOf(data))).toEqual(value);
  });

  it("is really otherwise, but for what JSON cannot show of NaN and the infinities", () => {
    const same = deviations
      .filter(({ logic }) => !Object.hasOwn(logic as object, "log"))
      .filter(({ logic, data, value }) => {
        try {
          return JSON.stringify(jsonLogic.apply(logic as Parameters<typeof jsonLogic.apply>[0], data)) === JSON.stringify(value);
        } catch {
          return false;
        }
      });
    expect(same.map(({ logic }) => Object.keys(logic as object)[0])).toEqual(["/", "max"]);
  });
});
