import { describe, expect, it } from "vitest";
import { type Place, Slots } from "./slots.ts";

/** `connection playbook run`; what is left out is the same for all. */
const at = (words: string): Place => {
  const [connection = "c", playbook = "p", run = "r"] = words.split(" ");
  return { connection, playbook, run };
};

/** Lets all that wait pass one after another, and says in which order. */
function orderOf(slots: Slots, held: Place, waiting: readonly string[]): string[] {
  const granted: Place[] = [];
  for (const words of waiting) slots.wait(at(words), () => granted.push(at(words)));
  slots.release(held);
  for (let index = 0; index < granted.length; index += 1) slots.release(granted[index] as Place);
  return granted.map(({ connection, playbook, run }) => `${connection} ${playbook} ${run}`);
}

const one = (): Slots => {
  const slots = new Slots({ total: 1, perConnection: 1 });
  slots.tryTake(at("a"));
  return slots;
};

describe("places for calls", () => {
  it("are limited in all and for each connection", () => {
    const slots = new Slots({ total: 3, perConnection: 2 });
    expect(["a", "a", "a", "b", "c"].map((words) => slots.tryTake(at(words)))).toEqual([true, true, false, true, false]);
  });

  it("are limited for a playbook over all its connections, and leave the others theirs", () => {
    const slots = new Slots({ total: 10, perConnection: 10, ofPlaybook: (playbook) => (playbook === "heavy" ? 2 : null) });
    expect(["a heavy", "b heavy", "c heavy", "a light", "a light"].map((words) => slots.tryTake(at(words)))).toEqual([true, true, false, true, true]);
    const granted: string[] = [];
    slots.wait(at("a heavy 1"), () => granted.push("1"));
    slots.wait(at("c heavy 2"), () => granted.push("2"));
    slots.release(at("a light"));
    expect(granted).toEqual([]);
    slots.release(at("b heavy"));
    expect(granted).toEqual(["1"]);
  });

  it("go to connections in turn, each in the order of waiting", () => {
    const slots = one();
    expect(orderOf(slots, at("a"), ["a p 1", "a p 1", "b p 2"])).toEqual(["a p 1", "b p 2", "a p 1"]);
    expect(slots).toMatchObject({ busy: 0, queued: 0 });
  });

  it("go to the runs of a connection in turn, so that one with 50,000 calls does not hold up one with two", () => {
    const many = Array.from({ length: 50_000 }, () => "a p many");
    const order = orderOf(one(), at("a"), [...many, "a p few", "a p few"]);
    expect(order).toHaveLength(50_002);
    expect(order.indexOf("a p few")).toBe(1);
    expect(order.lastIndexOf("a p few")).toBe(3);
  });

  it("go to playbooks in turn, however many runs each has", () => {
    const runs = Array.from({ length: 1_000 }, (_, run) => `a busy ${run}`);
    const order = orderOf(one(), at("a"), [...runs, "a quiet 1", "a quiet 2"]);
    expect([order.indexOf("a quiet 1"), order.indexOf("a quiet 2")]).toEqual([1, 3]);
  });

  it("pass over whoever left the queue", () => {
    const slots = one();
    const granted: string[] = [];
    const leave = slots.wait(at("a"), () => granted.push("left"));
    slots.wait(at("a"), () => granted.push("stayed"));
    leave();
    slots.release(at("a"));
    expect(granted).toEqual(["stayed"]);
  });
});
