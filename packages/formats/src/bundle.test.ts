import { playbook, type Playbook } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { bundleOf, readBundle } from "./bundle.ts";
import { unresolvedIn, withReferences } from "./references.ts";

const of = (id: string, steps: object, more: object = {}): Playbook => playbook.parse({ schemaVersion: 1, id, name: id, start: Object.keys(steps).slice(0, 1), steps, ...more });
const parent = of(
  "parent",
  {
    look: { kind: "action", name: "Look", action: "code42.get-alert", connection: "theirs", with: {}, next: ["sub"] },
    sub: { kind: "call", name: "Sub", playbook: "child", next: ["far"] },
    far: { kind: "call", name: "Far", playbook: "elsewhere", next: ["odd"] },
    odd: { kind: "action", name: "Odd", action: "acme.dance", next: [] },
  },
  { triggers: [{ kind: "alert", connection: "theirs", inputs: {} }] },
);
const child = of("child", { end: { kind: "end", name: "End", outcome: "x" } });
const catalog = { actions: new Map([["code42.get-alert", {} as never]]), connections: new Map([["ours", "code42"]]), playbooks: new Map() };

describe("a bundle", () => {
  it("is read as it was written", () => {
    expect(readBundle(JSON.parse(JSON.stringify(bundleOf("parent", [parent, child]))))).toEqual({ ok: true, bundle: bundleOf("parent", [parent, child]) });
  });

  it.each([
    ["of a version that is not known", { bundleVersion: 2, root: "a", playbooks: [child] }, "unknown-bundle-version", "/bundleVersion"],
    ["without playbooks", { bundleVersion: 1, root: "a", playbooks: [] }, "invalid-document", "/playbooks"],
    ["with a playbook that is none", { bundleVersion: 1, root: "child", playbooks: [child, { ...child, id: "Bad Id" }] }, "invalid-document", "/playbooks/1/id"],
    ["with an id twice", { bundleVersion: 1, root: "child", playbooks: [child, child] }, "invalid-document", "/playbooks/1/id"],
    ["whose root is not in it", { bundleVersion: 1, root: "gone", playbooks: [child] }, "invalid-document", "/root"],
    ["that is none", [], "invalid-document", ""],
  ])("%s is refused with a place", (_what, document, code, pointer) => {
    expect(readBundle(document)).toMatchObject({ ok: false, problems: [{ code, pointer }] });
  });
});

describe("references that are not here", () => {
  it("are each listed once, with where they are used", () => {
    expect(unresolvedIn([parent, child], catalog)).toEqual([
      { kind: "connection", id: "theirs", integration: "code42", usedBy: [{ playbook: "parent", step: "look" }, { playbook: "parent", step: null }] }, // prettier-ignore
      { kind: "playbook", id: "elsewhere", usedBy: [{ playbook: "parent", step: "far" }] },
      { kind: "action", id: "acme.dance", usedBy: [{ playbook: "parent", step: "odd" }] },
    ]);
    expect(unresolvedIn([parent], {})).toEqual([]);
  });

  it("give way to what was chosen for them, ids of playbooks too", () => {
    const turned = withReferences(parent, {
      connection: { theirs: "ours" },
      playbook: { parent: "parent-copy", child: "child-copy", elsewhere: "here" },
      action: { "acme.dance": "code42.get-alert" },
    });
    expect(turned).toMatchObject({
      id: "parent-copy",
      steps: { look: { connection: "ours" }, sub: { playbook: "child-copy" }, far: { playbook: "here" }, odd: { action: "code42.get-alert" } },
      triggers: [{ connection: "ours" }],
    });
    expect(withReferences(parent, {})).toEqual(parent);
  });
});
