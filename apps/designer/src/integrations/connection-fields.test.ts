import { expect, it } from "vitest";
import { connectionFields } from "./connection-fields.ts";
import { readSettings } from "./read-settings.ts";

const schema = {
  type: "object",
  properties: {
    baseUrl: { type: "string", title: "Address" },
    apiKey: { type: "string", secret: true },
    timeoutSeconds: { anyOf: [{ type: "integer" }, { type: "null" }], default: 30 },
    level: { enum: ["standard", "advanced"] },
  },
  required: ["baseUrl", "apiKey", "timeoutSeconds"],
};
const fields = connectionFields(schema);

it("makes a field of every property: secrets, choices, numbers behind a null", () => {
  expect(fields.map(({ key, label, kind, required, secret }) => [key, label, kind, required, secret])).toEqual([
    ["baseUrl", "Address", "text", true, false],
    ["apiKey", "Api key", "text", true, true],
    ["timeoutSeconds", "Timeout seconds", "number", false, false],
    ["level", "Level", "choice", false, false],
  ]);
});

it("leaves an empty secret out when one is set, and demands it when none is", () => {
  expect(readSettings(fields, { baseUrl: "https://x", timeoutSeconds: "5" }, ["apiKey"])).toEqual({ baseUrl: "https://x", timeoutSeconds: 5 });
  expect(() => readSettings(fields, { baseUrl: "https://x" }, [])).toThrowError(expect.objectContaining({ pointer: "/settings/apiKey" }));
});
