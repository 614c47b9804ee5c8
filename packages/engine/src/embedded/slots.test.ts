import { describe, expect, it } from "vitest";
import { Slots } from "./slots.ts";

describe("places for calls", () => {
  it("are limited in all and for each connection", () => {
    const slots = new Slots({ total: 3, perConnection: 2 });
    expect([slots.tryTake("a"), slots.tryTake("a"), slots.tryTake("a"), slots.tryTake("b"), slots.tryTake("c")]).toEqual([true, true, false, true, false]);
  });

  it("go to connections in turn, each in the order of waiting", () => {
    const slots = new Slots({ total: 1, perConnection: 1 });
    const granted: string[] = [];
    slots.tryTake("a");
    for (const [connection, name] of [
      ["a", "a1"],
      ["a", "a2"],
      ["b", "b1"],
    ] as const)
      slots.wait(connection, () => granted.push(name));
    for (const connection of ["a", "a", "b", "a"]) slots.release(connection);
    expect(granted).toEqual(["a1", "b1", "a2"]);
    expect(slots).toMatchObject({ busy: 0, queued: 0 });
  });

  it("pass over whoever left the queue", () => {
    const slots = new Slots({ total: 1, perConnection: 1 });
    const granted: string[] = [];
    slots.tryTake("a");
    const leave = slots.wait("a", () => granted.push("left"));
    slots.wait("a", () => granted.push("stayed"));
    leave();
    slots.release("a");
    expect(granted).toEqual(["stayed"]);
  });
});
