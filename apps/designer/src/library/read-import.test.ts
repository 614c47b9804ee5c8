import { expect, it } from "vitest";
import { parseImport } from "./read-import.ts";

it("gives the document of a JSON text", () => {
  expect(parseImport('{ "id": "a" }')).toEqual({ id: "a" });
});

it("says that there is nothing when the text is empty", () => {
  expect(() => parseImport("  \n")).toThrowError(expect.objectContaining({ code: "invalid-json", title: "There is nothing to import" }));
});

it("says where the JSON breaks", () => {
  expect(() => parseImport(`{\n  "id": "a",\n  "name": ${"x".repeat(40)}\n}`)).toThrowError(
    expect.objectContaining({ code: "invalid-json", detail: expect.stringMatching(/line 3, column 11|Unexpected token/) }),
  );
});
