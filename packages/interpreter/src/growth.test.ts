import { describe, expect, it } from "vitest";
import { advance, compile, type Effect, type Plan, type Run } from "./index.ts";
import { action, playbookOf } from "./testing/playbooks.ts";

/** Everything that `after` holds and `before` does not: what was made anew, in slots. */
function madeAnew(before: Run, after: Run): number {
  const known = new Set<object>();
  const open: unknown[] = [before];
  let slots = 0;
  const walk = (count: boolean): void => {
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (typeof each !== "object" || each === null || known.has(each)) continue;
      known.add(each);
      const held: unknown[] = Object.values(each);
      if (count) slots += 1 + held.length;
      open.push(...held.filter((value) => value !== undefined));
    }
  };
  walk(false);
  open.push(after);
  walk(true);
  return slots;
}

function start(plan: Plan): readonly [Run, readonly Effect[]] {
  const [run, effects] = advance(plan, null, { type: "run-started", at: 1, run: "r", playbook: { id: "p", version: 1 }, input: {}, trigger: { kind: "manual" }, case: null });
  return [run, effects];
}

/** Goes on until `turns` results were given; returns how much the last one made anew. */
function costOfLast(plan: Plan, turns: number): number {
  let [run, effects] = start(plan);
  let cost = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const effect = effects[0];
    if (!effect) throw new Error("nothing is asked for");
    const [next, asked] = advance(plan, run, { type: "effect-succeeded", at: 2, effect: effect.id, output: turn });
    if (turn === turns - 1) cost = madeAnew(run, next);
    [run, effects] = [next, asked];
  }
  return cost;
}

const chain = (length: number): Plan =>
  compile(playbookOf(["s0"], Object.fromEntries(Array.from({ length }, (_each, index) => [`s${index}`, action(index + 1 < length ? [`s${index + 1}`] : [])]))));
const items = (count: number): Plan => compile(playbookOf(["a"], { a: action([], { forEach: { items: Array.from({ length: count }, (_each, index) => index) } }) }));
const wide = (count: number): Plan => {
  const ids = Array.from({ length: count }, (_each, index) => `w${index}`);
  const groups = Object.fromEntries(
    Array.from({ length: Math.ceil(count / 100) }, (_each, index) => [`g${index}`, { kind: "section", next: ids.slice(index * 100, index * 100 + 100) }]),
  );
  return compile(playbookOf(Object.keys(groups), { ...groups, ...Object.fromEntries(ids.map((id) => [id, action(["join"])])), join: { kind: "section" } }));
};

describe("what one result costs", () => {
  it("is the same in a run of 10,000 steps as in one of 100, but for two more levels of the trie", () => {
    const small = costOfLast(chain(100), 50);
    const large = costOfLast(chain(10_000), 50);
    expect(large).toBeLessThan(small * 1.6);
    expect(costOfLast(chain(10_000), 9_000)).toBeLessThan(small * 1.6);
  });

  it("is the same in a for-each of 10,000 items as in one of 100", () => {
    const small = costOfLast(items(100), 50);
    expect(costOfLast(items(10_000), 9_000)).toBeLessThan(small * 1.6);
  });

  it("grows only with the depth of the trie when 10,000 attempts are under way instead of 100", () => {
    const cost = (count: number): number => {
      const plan = wide(count);
      const [run, effects] = start(plan);
      const effect = effects[count / 2];
      const [next] = advance(plan, run, { type: "effect-succeeded", at: 2, effect: effect?.id ?? "", output: 1 });
      return madeAnew(run, next);
    };
    expect(cost(10_000)).toBeLessThan(cost(100) * 2.5);
  });
});
