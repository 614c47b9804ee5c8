import { describe, expect, it } from "vitest";
import type { InputField } from "../library/run-input.ts";
import { bodyMapping, mappingTexts, readMapping, strayKeys } from "./input-mapping.ts";

const fields: readonly InputField[] = [
  { key: "who", type: "string" },
  { key: "count", type: "number" },
  { key: "more", type: "object" },
  { key: "what", type: "any" },
];

describe("a trigger's inputs", () => {
  it("are typed as the playbook declares them, and expressions stay as they are", () => {
    expect(readMapping(fields, { who: "007", count: "7", more: '{ "at": "{{ schedule.at }}" }', what: "" })).toEqual({ who: "007", count: 7, more: { at: "{{ schedule.at }}" } });
    expect(readMapping(fields, { count: "{{ webhook.body.n }}", more: "{{ webhook.body }}" })).toEqual({ count: "{{ webhook.body.n }}", more: "{{ webhook.body }}" });
  });

  it("come back as they were typed", () => {
    const kept = { who: "007", count: 7, more: { a: [1] }, what: "7" };
    expect(readMapping(fields, mappingTexts(kept, fields))).toEqual(kept);
  });

  it("refuse what the type does not take, by the input's key", () => {
    expect(() => readMapping(fields, { count: "many" })).toThrow("count must be a number");
  });

  it("keep what the playbook does not declare any more, until it is taken out", () => {
    const texts = mappingTexts({ who: "Ada", gone: true }, fields);
    expect(strayKeys(fields, texts)).toEqual(["gone"]);
    expect(readMapping(fields, texts)).toEqual({ who: "Ada", gone: true });
    expect(bodyMapping(fields.slice(0, 1))).toEqual({ who: "{{ webhook.body.who }}" });
  });
});
