import { describe, expect, it } from "vitest";
import { detectFormat, importDocument } from "./import-document.ts";

const own = JSON.stringify({ schemaVersion: 1, id: "one", name: "One", start: ["done"], steps: { done: { kind: "end", name: "Done", outcome: "done" } } });

describe("importing a document", () => {
  it("reads Drawbridge's own JSON", () => {
    const read = importDocument(own);
    expect(read.ok && read.playbook.id).toBe("one");
  });

  it.each([
    ["cacao", '{ "type": "playbook", "spec_version": "cacao-2.0" }'],
    ["xsoar", 'id: x\nstarttaskid: "0"\ntasks:\n  "0": {}\n'],
  ])("says that a document is %s, and does not read it as something else", (format, text) => {
    expect(importDocument(text)).toMatchObject({ ok: false, format, problems: [{ code: "unsupported-format" }] });
  });

  it("gives the reasons when a document is nobody's", () => {
    expect(detectFormat("hello")).toBe("unknown");
    expect(importDocument("hello")).toMatchObject({ ok: false, problems: [{ code: "not-json" }] });
  });
});
