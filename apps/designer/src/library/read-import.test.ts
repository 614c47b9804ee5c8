import { expect, it } from "vitest";
import { asCopy, parseImport } from "./read-import.ts";

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

it("makes a copy with another id and name, within the limits of both", () => {
  expect(asCopy({ id: "triage", name: "Triage", steps: {} }, 1)).toEqual({ id: "triage-copy", name: "Triage (copy)", steps: {} });
  expect(asCopy({ id: "x".repeat(64), name: "X" }, 2)).toMatchObject({ id: `${"x".repeat(57)}-copy-2`, name: "X (copy 2)" });
});

it("leaves what is not an object as it is, for the server to refuse", () => {
  expect(asCopy([1], 1)).toEqual([1]);
});
