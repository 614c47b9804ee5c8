import { describe, expect, it } from "vitest";
import { stepCatalogOf } from "../steps/step-catalog.ts";
import { paletteItems, searchItems } from "./palette-item.ts";

const action = (name: string, title: string) => ({
  name,
  integration: name.split(".")[0] ?? "",
  title,
  summary: `${title} there`,
  effect: "reads" as const,
  repeatable: true,
  input: {},
  output: {},
});
const catalog = stepCatalogOf({
  integrations: [{ id: "code42", title: "Code42", summary: "", tile: { color: "teal" }, connection: {} }],
  actions: [action("code42.get-alert", "Get alert"), action("code42.resolve-alert", "Resolve alert"), action("mail.send", "Send a mail")],
});
const find = (typed: string) => searchItems(paletteItems(catalog), typed, catalog).map((item) => item.key);

describe("searching the palette", () => {
  it("puts a title that begins so first", () => {
    expect(find("resolve")[0]).toBe("code42.resolve-alert");
    expect(find("con")[0]).toBe("condition");
  });

  it("finds by integration and words apart, and by letters in order", () => {
    expect(find("code42 alert")).toEqual(expect.arrayContaining(["code42.get-alert", "code42.resolve-alert"]));
    expect(find("gtalrt")).toContain("code42.get-alert");
  });

  it("finds nothing for what is nowhere", () => {
    expect(find("zzzz")).toEqual([]);
  });
});
