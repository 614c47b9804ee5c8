import { type Playbook, stepTemplate } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { boundsOf, type Rect } from "./geometry.ts";
import { sceneOf } from "./scene.ts";

const section = (next: readonly string[]) => ({ ...stepTemplate("section"), next: [...next] }) as Playbook["steps"][string];
const playbook: Playbook = {
  schemaVersion: 1,
  id: "p",
  name: "P",
  start: ["left", "right"],
  steps: { left: section(["below"]), right: section(["below"]), below: section([]) },
  layout: { left: { x: 0, y: 64 }, right: { x: 216, y: 64 }, below: { x: 160, y: 160 } },
  groups: { g: { name: "G", steps: ["left", "below"], folded: true } },
};
const covers = (one: Rect, other: Rect) => {
  const { width, height } = boundsOf([one, other]);
  return width < one.width + other.width && height < one.height + other.height;
};

describe("the card of a folded group", () => {
  it("stands where its topmost step stood and covers no other step, though others stand between its steps", () => {
    const { rects } = sceneOf(playbook, playbook.layout ?? {}, "Start");
    const [card, other] = [rects.get("$group:g"), rects.get("right")];
    if (!card || !other) throw new Error("Something is not drawn.");
    expect([card.x, card.y]).toEqual([0, 64]);
    expect(covers(card, other)).toBe(false);
  });

  it("stays where it was dropped when its steps have moved with it", () => {
    const layout = { ...playbook.layout, left: { x: 500, y: 464 }, below: { x: 660, y: 560 } };
    expect(sceneOf({ ...playbook, layout }, layout, "Start").rects.get("$group:g")).toMatchObject({ x: 500, y: 464 });
  });
});
