import { applyEdit, type Playbook, serializePlaybook } from "@drawbridge/playbook";
import { arbitraryEdit, arbitraryPlaybook } from "@drawbridge/playbook/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconcile } from "./reconcile.ts";

const base: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["a"],
  steps: { a: { kind: "section", name: "A", next: ["b"] }, b: { kind: "section", name: "B", next: [] } },
};
const named = (a: string, b = "B"): Playbook => ({ ...base, steps: { a: { kind: "section", name: a, next: ["b"] }, b: { kind: "section", name: b, next: [] } } });

const changes = fc.array(arbitraryEdit(), { maxLength: 6 });
const changed = (playbook: Playbook, edits: readonly ((playbook: Playbook) => Parameters<typeof applyEdit>[1])[]) =>
  edits.reduce((current, edit) => {
    const made = applyEdit(current, edit(current));
    return made.ok ? made.playbook : current;
  }, playbook);
const bytes = serializePlaybook;

describe("reconcile", () => {
  it("merges what two tabs changed in different places, and asks only about the same place", () => {
    expect(reconcile({ base, sent: null, mine: named("mine"), theirs: named("A", "theirs") })).toMatchObject({
      kind: "merged",
      playbook: { steps: { a: { name: "mine" }, b: { name: "theirs" } } },
    });
    expect(reconcile({ base, sent: null, mine: named("mine"), theirs: named("theirs") })).toEqual({ kind: "question", base });
  });

  it("knows its own save again whose answer was lost, and asks nothing", () => {
    expect(reconcile({ base, sent: named("wri"), mine: named("written"), theirs: named("wri") })).toEqual({ kind: "mine" });
    expect(reconcile({ base, sent: named("wri"), mine: named("written"), theirs: named("wri", "theirs") })).toMatchObject({
      kind: "merged",
      playbook: { steps: { a: { name: "written" }, b: { name: "theirs" } } },
    });
  });

  it("does not take what was sent for what has arrived", () => {
    expect(reconcile({ base, sent: named("wri"), mine: named("wri", "mine"), theirs: named("theirs") })).toEqual({ kind: "question", base });
    expect(reconcile({ base, sent: named("wri"), mine: named("written"), theirs: base })).toEqual({ kind: "mine" });
  });

  it("keeps mine over what it was made from, and theirs when nothing of mine is new, whatever the edits", () => {
    fc.assert(
      fc.property(arbitraryPlaybook({ maxSteps: 6 }), changes, changes, (from, first, second) => {
        const sent = changed(from, first);
        const mine = changed(sent, second);
        const same = bytes(mine) === bytes(from);
        expect(reconcile({ base: from, sent: null, mine, theirs: from }).kind).toBe(same ? "theirs" : "mine");
        expect(reconcile({ base: from, sent, mine, theirs: sent }).kind).toBe(bytes(mine) === bytes(sent) ? "theirs" : "mine");
        expect(reconcile({ base: from, sent: null, mine: from, theirs: mine }).kind).toBe("theirs");
      }),
      { numRuns: 60 },
    );
  });

  it("loses nothing of either side unless it asks, and has nothing left to do afterwards", () => {
    let merged = 0;
    fc.assert(
      fc.property(arbitraryPlaybook({ maxSteps: 8 }), changes, changes, changes, fc.boolean(), (from, first, second, others, arrived) => {
        const sent = changed(from, first);
        const mine = changed(sent, second);
        const theirs = changed(arrived ? sent : from, others);
        const outcome = reconcile({ base: from, sent, mine, theirs });
        if (outcome.kind === "question") return;
        const whole = outcome.kind === "merged" ? outcome.playbook : outcome.kind === "mine" ? mine : theirs;
        const again = reconcile({ base: theirs, sent: null, mine: whole, theirs: whole });
        expect(again.kind).toBe("theirs");
        if (outcome.kind !== "merged") return;
        merged += 1;
        const truth = arrived ? sent : from;
        const names = Object.values(outcome.playbook.steps).map(({ name }) => name);
        for (const id of Object.keys(truth.steps)) {
          const [was, own, other] = [truth, mine, theirs].map((each) => each.steps[id]?.name);
          if (own !== undefined && own !== was && other === was) expect(names).toContain(own);
          if (other !== undefined && other !== was && own === was) expect(names).toContain(other);
        }
        for (const [one, other] of [
          [mine, theirs],
          [theirs, mine],
        ] as const)
          for (const id of Object.keys(one.steps)) if (!(id in truth.steps) && !(id in other.steps)) expect(outcome.playbook.steps).toHaveProperty([id]);
      }),
      { numRuns: 150 },
    );
    expect(merged).toBeGreaterThan(10);
  });
});
