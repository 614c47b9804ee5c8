import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { workshop } from "./workshop.ts";

if (noBrowser) console.log(`Skipped: the canvas in a browser (${noBrowser}).`);

const columns = 20;
const place = (index: number) => ({ x: (index % columns) * 240, y: Math.floor(index / columns) * 96 });
/** A chain of steps, laid out row by row. */
const chain = (id: string, count: number) => ({
  schemaVersion: 1,
  id,
  name: `Chain ${id}`,
  start: ["s0"],
  steps: Object.fromEntries(
    Array.from({ length: count }, (_each, index) => [`s${index}`, { kind: "section", name: `Step ${index}`, next: index + 1 < count ? [`s${index + 1}`] : [] }]),
  ),
  layout: Object.fromEntries(Array.from({ length: count }, (_each, index) => [`s${index}`, place(index)])),
});

describe.skipIf(noBrowser !== null)("the canvas", () => {
  const shop = workshop();

  /** Where a place of the document is on the screen. */
  const onScreen = async (page: Page, at: { x: number; y: number }): Promise<{ x: number; y: number }> => {
    const box = await page.locator(".canvas-box").boundingBox();
    const view = await page.locator(".react-flow__viewport").evaluate((element) => {
      const { a, e, f } = new DOMMatrix(getComputedStyle(element).transform);
      return { zoom: a, x: e, y: f };
    });
    return { x: (box?.x ?? 0) + view.x + at.x * view.zoom, y: (box?.y ?? 0) + view.y + at.y * view.zoom };
  };

  it("puts steps in line by keys, by a press, and while they are dragged", { timeout: 120_000 }, async () => {
    const three = chain("in-line", 3);
    const document = { ...three, layout: { s0: { x: 0, y: 64 }, s1: { x: 36, y: 200 }, s2: { x: 300, y: 420 } } };
    const { page, errors } = await shop.open(document);
    const step = (id: string) => page.locator(`.react-flow__node[data-step-id="${id}"]`);
    const layout = async () => (await shop.draftOf("in-line")).layout;
    await step("s0").click();
    await page.keyboard.down("Shift");
    await step("s1").click();
    await step("s2").click();
    await page.keyboard.up("Shift");
    await page.getByRole("heading", { name: "3 selected" }).waitFor();
    await page.keyboard.press("Alt+Shift+V");
    await expect.poll(async () => (await layout())?.["s1"]?.y, { timeout: 20_000 }).toBe(242);
    await page.getByRole("button", { name: "Align left edges" }).click();
    await expect.poll(async () => (await layout())?.["s2"]?.x, { timeout: 20_000 }).toBe(0);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await layout())?.["s2"]?.x, { timeout: 20_000 }).toBe(300);
    await page.locator(".react-flow__pane").click({ position: { x: 700, y: 150 } });
    const from = await onScreen(page, { x: 350, y: 440 });
    const to = await onScreen(page, { x: 350 - 300 + 5, y: 440 });
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 2, from.y);
    await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.locator(".canvas-guide").first().waitFor({ state: "attached" });
    await page.mouse.up();
    await expect.poll(async () => (await layout())?.["s2"]?.x, { timeout: 20_000 }).toBe(0);
    expect(await page.locator(".canvas-guide").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("finds a step by typing and brings it into view", { timeout: 120_000 }, async () => {
    const { page, errors } = await shop.open(chain("findable", 240));
    await page.locator(".react-flow__node").first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Find a step or a command" }).fill("step 231");
    await page.getByRole("button", { name: /^Step 231/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator('.react-flow__node[data-step-id="s231"]').waitFor();
    await page.getByRole("heading", { name: "Step 231", exact: true }).waitFor();
    expect(errors).toEqual([]);
  });

  describe("with so many steps in view that they are one painting", () => {
    const middleOf = (index: number) => ({ x: place(index).x + 100, y: place(index).y + 24 });

    it("chooses, gathers and moves steps by mouse", { timeout: 120_000 }, async () => {
      const { page, errors } = await shop.open(chain("far-by-mouse", 240));
      await page.getByRole("button", { name: "Fit", exact: true }).click();
      await page.locator(".canvas-box[data-far]").waitFor();
      expect(await page.locator(".react-flow__node").count()).toBe(0);
      const on = await onScreen(page, middleOf(45));
      await page.mouse.click(on.x, on.y);
      await page.getByRole("heading", { name: "Step 45", exact: true }).waitFor();
      const other = await onScreen(page, middleOf(47));
      await page.keyboard.down("Shift");
      await page.mouse.click(other.x, other.y);
      await page.keyboard.up("Shift");
      await page.getByRole("heading", { name: "2 selected" }).waitFor();
      const to = await onScreen(page, { x: middleOf(45).x, y: middleOf(45).y + 48 });
      await page.mouse.move(on.x, on.y);
      await page.mouse.down();
      await page.mouse.move(on.x, (on.y + to.y) / 2, { steps: 3 });
      await page.mouse.move(to.x, to.y, { steps: 3 });
      await page.mouse.up();
      await expect.poll(async () => (await shop.draftOf("far-by-mouse")).layout?.["s47"]?.y, { timeout: 20_000 }).toBe(place(47).y + 48);
      expect((await shop.draftOf("far-by-mouse")).layout?.["s45"]).toEqual({ x: place(45).x, y: place(45).y + 48 });
      const corner = await onScreen(page, { x: place(80).x - 20, y: place(80).y - 20 });
      const far = await onScreen(page, { x: place(82).x + 100, y: place(82).y + 60 });
      await page.keyboard.press("Escape");
      await page.keyboard.down("Shift");
      await page.mouse.move(corner.x, corner.y);
      await page.mouse.down();
      await page.mouse.move(far.x, far.y, { steps: 5 });
      await page.mouse.up();
      await page.keyboard.up("Shift");
      await page.getByRole("heading", { name: "3 selected" }).waitFor();
      expect(errors).toEqual([]);
    });

    it("goes through the steps in the order of the flow by keyboard, and zooms in", { timeout: 120_000 }, async () => {
      const { page, errors } = await shop.open(chain("far-by-keyboard", 240));
      await page.getByRole("button", { name: "Fit", exact: true }).click();
      const all = page.getByRole("listbox", { name: /all 240 steps/i });
      await all.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.getByRole("heading", { name: "Step 2", exact: true }).waitFor();
      expect(await all.getByRole("option").textContent()).toBe("Step 2");
      await page.keyboard.press("Enter");
      await page.locator('.react-flow__node[data-step-id="s2"]').waitFor();
      expect(errors).toEqual([]);
    });
  });
});
