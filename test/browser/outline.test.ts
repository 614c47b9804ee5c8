import { type Playbook, waysOf } from "@drawbridge/playbook";
import { describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { workshop } from "./workshop.ts";

if (noBrowser) console.log(`Skipped: the outline in a browser (${noBrowser}).`);

const ids = ["a", "b", "c", "d"];
const playbookOf = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Outline ${id}`,
  start: ["a"],
  steps: Object.fromEntries(ids.map((each, at) => [each, { kind: "section", name: `Step ${each}`, next: ids.slice(at + 1, at + 2) }])),
  layout: Object.fromEntries(ids.map((each, at) => [each, { x: 0, y: at * 96 }])),
});

/** Where the first way of a step leads. */
const nextOf = ({ steps }: Playbook, id: string) => (steps[id] ? waysOf(steps[id])[0]?.next : undefined);

describe.skipIf(noBrowser !== null)("the outline", () => {
  const shop = workshop();

  const open = async (id: string) => {
    const { page, errors, draft } = await shop.open(playbookOf(id));
    const tree = page.getByRole("tree", { name: "Steps in the order of the flow" });
    const names = () => tree.getByRole("treeitem").evaluateAll((rows) => rows.map((row) => row.querySelector("b")?.textContent));
    const focused = () => page.evaluate(() => document.activeElement?.querySelector("b")?.textContent);
    return { page, errors, tree, names, focused, draft };
  };

  it("adds, inserts, renames, moves, duplicates and deletes by keyboard alone", { timeout: 120_000 }, async () => {
    const { page, errors, names, focused, draft } = await open("by-keys");
    await page.keyboard.press("o");
    await expect.poll(names).toEqual(["Step a", "Step b", "Step c", "Step d"]);
    await expect.poll(focused).toBe("Step a");
    await page.keyboard.press("a");
    await page.getByRole("dialog", { name: "What follows Step a?" }).waitFor();
    await page.keyboard.type("wait");
    await page.keyboard.press("Enter");
    await expect.poll(names).toEqual(["Step a", "Wait", "Step b", "Step c", "Step d"]);
    await expect.poll(focused).toBe("Wait");
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Name of Wait" }).waitFor();
    await page.keyboard.type("Breathe");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Breathe");
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(names).toEqual(["Step a", "Step b", "Breathe", "Step c", "Step d"]);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("i");
    await page.getByRole("dialog", { name: "What goes before Step a?" }).waitFor();
    await page.keyboard.type("section");
    await page.keyboard.press("Enter");
    await expect.poll(names).toHaveLength(6);
    await expect.poll(async () => nextOf(await draft(), (await draft()).start[0] ?? "")).toEqual(["a"]);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(focused).toBe("Step b");
    await page.keyboard.press("Delete");
    await expect.poll(async () => nextOf(await draft(), "a")?.map((next) => next === "b")).toEqual([false]);
    await expect.poll(focused).toBe("Breathe");
    await page.keyboard.press("Control+d");
    await expect.poll(names).toHaveLength(6);
    expect(errors).toEqual([]);
  });

  it("groups by keys and shows a group's steps below it, folded away or not", { timeout: 120_000 }, async () => {
    const { page, errors, tree, names, focused, draft } = await open("nested");
    await page.keyboard.press("o");
    await expect.poll(focused).toBe("Step a");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByRole("heading", { name: "2 selected" }).waitFor();
    await page.keyboard.press("Control+g");
    await expect.poll(names).toEqual(["Step a", "Group 1", "Step b", "Step c", "Step d"]);
    expect(await tree.getByRole("treeitem", { level: 2 }).count()).toBe(2);
    await tree.getByRole("treeitem", { name: /Group 1/ }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(names).toEqual(["Step a", "Group 1", "Step d"]);
    await expect.poll(async () => (await draft()).groups?.["group-1"]?.folded).toBe(true);
    await page.keyboard.press("F2");
    await page.keyboard.type("Enrich");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await expect.poll(names).toEqual(["Step a", "Enrich", "Step b", "Step c", "Step d"]);
    await page.keyboard.press("o");
    await page.locator(".react-flow__node[data-step-id='b']").waitFor();
    expect(errors).toEqual([]);
  });

  it("has its buttons in a toolbar above it, by mouse and by arrow keys", { timeout: 120_000 }, async () => {
    const { page, errors, tree, names, focused, draft } = await open("by-mouse");
    await page.getByText("Outline", { exact: true }).click();
    await tree.getByText("Step b", { exact: true }).click();
    const bar = page.getByRole("toolbar", { name: "Edit the outline" });
    await bar.getByRole("button", { name: "Later" }).click();
    await expect.poll(names).toEqual(["Step a", "Step c", "Step b", "Step d"]);
    await bar.getByRole("button", { name: "Add after" }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Delete");
    await page.keyboard.press("Enter");
    await expect.poll(names).toEqual(["Step a", "Step c", "Step d"]);
    await expect.poll(async () => nextOf(await draft(), "c")).toEqual(["d"]);
    expect(await tree.getByRole("button").count()).toBe(0);
    await tree.getByText("Step a", { exact: true }).click();
    await tree.getByText("Step d", { exact: true }).click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: "Align left edges" }).focus();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: /selected$/ }).waitFor({ state: "detached" });
    await expect.poll(focused).toBe("Step d");
    expect(errors).toEqual([]);
  });
});
