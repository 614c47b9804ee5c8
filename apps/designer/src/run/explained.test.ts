import { evaluateExplained, type Json, scopeOf } from "@drawbridge/playbook";
import { expect, test } from "vitest";
import { explainedBranches, whyText } from "./explained.ts";

const scope = scopeOf({ vars: { title: "Vice President", level: 3 } });
const looked = (branch: string, when: Json): Json => {
  const { value, explained } = evaluateExplained(when, scope);
  return { branch, holds: value === true, because: explained as unknown as Json };
};
const why = (...branches: Json[]) => whyText(explainedBranches(branches) ?? []);

test("the branch that held is named with the values that it read", () => {
  expect(why(looked("senior", { ">=": [{ var: "vars.level" }, 3] }))).toBe("Went senior: level (3) is at least 3.");
});

test("of any-of, only what decided is told", () => {
  expect(why(looked("executive", { or: [{ "==": [{ var: "vars.level" }, 9] }, { "==": [{ var: "vars.title" }, "Vice President"] }] }))).toBe(
    'Went executive: title ("Vice President") is "Vice President".',
  );
});

test("a branch that does not hold is not told as one that does", () => {
  expect(why(looked("senior", { ">": [{ var: "vars.level" }, 5] }))).toBe("Went otherwise, not senior: it does not hold that level (3) is more than 5.");
});

test("a list is told by its size, and what is asked of its items", () => {
  const listed = scopeOf({ vars: { hosts: [{ on: true }, { on: false }] } });
  const { value, explained } = evaluateExplained({ some: [{ var: "vars.hosts" }, { var: "on" }] }, listed);
  expect(whyText([{ branch: "online", holds: value === true, because: explained }])).toBe("Went online: hosts (2 items) has one for which on (true).");
});

test("what no condition left behind has no branches", () => {
  expect(explainedBranches({ answer: 42 })).toBeNull();
  expect(explainedBranches(undefined)).toBeNull();
});
