import type { Playbook } from "./playbook.ts";
import { type Way, waysOf } from "./ways.ts";

/** A way into a step: which step it leaves, and by which of its ways. A start has none. */
export interface WayIn {
  readonly from: string;
  readonly way: Way;
}

/** The playbook as a graph, computed once in linear time. Names of steps that do not exist are left out (`dangling` lists them). */
export interface Graph {
  readonly starts: readonly string[];
  readonly ways: ReadonlyMap<string, readonly Way[]>;
  readonly waysIn: ReadonlyMap<string, readonly WayIn[]>;
  /** The steps in an order in which each comes after all that lead to it; those in or after a cycle are absent. */
  readonly order: readonly string[];
  /** Each cycle as the steps in it (a strongly connected part), empty for a valid playbook. */
  readonly cycles: readonly (readonly string[])[];
  /** The steps that a run can come to. */
  readonly reachable: ReadonlySet<string>;
  readonly dangling: readonly { readonly from: string | null; readonly way: string; readonly at: number; readonly to: string }[];
  /** The steps that can have run before a step. Each call costs time linear in the answer. */
  ancestors(step: string): ReadonlySet<string>;
  /** The steps that can run after a step. */
  descendants(step: string): ReadonlySet<string>;
  /** Whether a step can have run before another; constant time after the first question. */
  precedes(step: string, other: string): boolean;
}

function reach(from: readonly string[], next: (step: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    open.push(...next(each));
  }
  return seen;
}

function topological(steps: readonly string[], after: ReadonlyMap<string, readonly string[]>): string[] {
  const waiting = new Map(steps.map((step) => [step, 0]));
  for (const next of after.values()) for (const each of next) waiting.set(each, (waiting.get(each) ?? 0) + 1);
  const order = steps.filter((step) => waiting.get(step) === 0);
  for (let at = 0; at < order.length; at += 1) {
    for (const each of after.get(order[at] ?? "") ?? []) {
      const left = (waiting.get(each) ?? 0) - 1;
      waiting.set(each, left);
      if (left === 0) order.push(each);
    }
  }
  return order;
}

/** Tarjan's strongly connected parts, iteratively; only those that are cycles. */
function cyclesOf(steps: readonly string[], after: ReadonlyMap<string, readonly string[]>): string[][] {
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];
  for (const root of steps) {
    if (number.has(root)) continue;
    const work = [{ step: root, at: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1) as { step: string; at: number };
      const { step } = frame;
      if (frame.at === 0) {
        number.set(step, number.size);
        low.set(step, number.get(step) ?? 0);
        stack.push(step);
        onStack.add(step);
      }
      const next = (after.get(step) ?? [])[frame.at];
      frame.at += 1;
      if (next !== undefined) {
        if (!number.has(next)) work.push({ step: next, at: 0 });
        else if (onStack.has(next)) low.set(step, Math.min(low.get(step) ?? 0, number.get(next) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.step, Math.min(low.get(parent.step) ?? 0, low.get(step) ?? 0));
      if (low.get(step) !== number.get(step)) continue;
      const part = stack.splice(stack.lastIndexOf(step));
      for (const each of part) onStack.delete(each);
      if (part.length > 1 || (after.get(step) ?? []).includes(step)) cycles.push(part);
    }
  }
  return cycles;
}

/** One bit per step and ancestor, filled in topological order. */
function ancestorBits(order: readonly string[], before: (step: string) => readonly string[]): (step: string, other: string) => boolean {
  const position = new Map(order.map((step, at) => [step, at]));
  const words = Math.ceil(order.length / 32);
  const bits = new Uint32Array(words * order.length);
  order.forEach((step, at) => {
    for (const parent of before(step)) {
      const from = position.get(parent) ?? 0;
      for (let word = 0; word < words; word += 1) bits[at * words + word] = (bits[at * words + word] ?? 0) | (bits[from * words + word] ?? 0);
      const own = at * words + (from >>> 5);
      bits[own] = (bits[own] ?? 0) | (1 << (from & 31));
    }
  });
  return (step, other) => {
    const [at, of] = [position.get(step), position.get(other)];
    return at !== undefined && of !== undefined && ((bits[of * words + (at >>> 5)] ?? 0) & (1 << (at & 31))) !== 0;
  };
}

/** Asks for ancestors only when bits cannot tell, and remembers them. */
function remembered(ancestors: (step: string) => ReadonlySet<string>): (step: string, other: string) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return (step, other) => {
    const found = known.get(other) ?? ancestors(other);
    known.set(other, found);
    return found.has(step);
  };
}

/** Up to so many steps, the bits take at most 50 MB. */
const mostBits = 20_000;

/** The graph of a playbook. */
export function graphOf(playbook: Playbook): Graph {
  const steps = Object.keys(playbook.steps);
  const known = new Set(steps);
  const ways = new Map(Object.entries(playbook.steps).map(([id, step]) => [id, waysOf(step)]));
  const waysIn = new Map<string, WayIn[]>(steps.map((id) => [id, []]));
  const dangling: { from: string | null; way: string; at: number; to: string }[] = [];
  const after = new Map<string, string[]>();
  for (const [from, out] of ways) {
    const next = new Set<string>();
    for (const way of out) {
      way.next.forEach((to, at) => {
        if (!known.has(to)) return void dangling.push({ from, way: way.id, at, to });
        waysIn.get(to)?.push({ from, way });
        next.add(to);
      });
    }
    after.set(from, [...next]);
  }
  playbook.start.forEach((to, at) => {
    if (!known.has(to)) dangling.push({ from: null, way: "start", at, to });
  });
  const starts = playbook.start.filter((step) => known.has(step));
  const before = (step: string): string[] => (waysIn.get(step) ?? []).map((each) => each.from);
  const next = (step: string): readonly string[] => after.get(step) ?? [];
  const order = topological(steps, after);
  const ancestors = (step: string): Set<string> => reach(before(step), before);
  let precedes: Graph["precedes"] | null = null;
  return {
    starts,
    ways,
    waysIn,
    order,
    cycles: order.length === steps.length ? [] : cyclesOf(steps, after),
    reachable: reach(starts, next),
    dangling,
    ancestors,
    descendants: (step) => reach(next(step), next),
    precedes: (step, other) => (precedes ??= order.length === steps.length && steps.length <= mostBits ? ancestorBits(order, before) : remembered(ancestors))(step, other),
  };
}
