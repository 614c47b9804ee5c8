import { describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { workshop } from "./workshop.ts";

if (noBrowser) console.log(`Skipped: groups in a browser (${noBrowser}).`);

const document = {
  schemaVersion: 1,
  id: "grouped",
  name: "Grouped",
  start: ["a"],
  steps: Object.fromEntries(["a", "b", "c", "d"].map((id, at, all) => [id, { kind: "section", name: `Step ${id}`, next: at + 1 < all.length ? [all[at + 1]] : [] }])),
  layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 96 }, c: { x: 0, y: 192 }, d: { x: 0, y: 288 } },
};

describe.skipIf(noBrowser !== null)("groups on the canvas", () => {
  const shop = workshop();

  it("are made, folded, moved, opened and dissolved by mouse and by key", { timeout: 120_000 }, async () => {
    const { page, errors, draft, step } = await shop.open(document);
    await step("b").click();
    await page.keyboard.down("Shift");
    await step("c").click();
    await page.keyboard.up("Shift");
    await page.getByRole("button", { name: "Group", exact: true }).click();
    await expect.poll(async () => (await draft()).groups, { timeout: 20_000 }).toEqual({ "group-1": { name: "Group 1", steps: ["b", "c"] } });
    await page.getByRole("list", { name: "Goes in" }).getByText("Step a → Step b").waitFor();
    await page.getByRole("button", { name: "Fold Group 1" }).click();
    await step("b").waitFor({ state: "detached" });
    const card = page.locator('[data-group-id="group-1"]');
    await card.getByText("2 steps").waitFor();
    await card.getByText("1 in").waitFor();
    await card.getByText("1 out").waitFor();
    const box = await card.boundingBox();
    if (!box) throw new Error("The group is not there.");
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 100, box.y + 20, { steps: 5 });
    await page.mouse.move(box.x + box.width / 2 + 240, box.y + 20, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await draft()).layout?.["c"]?.x, { timeout: 20_000 }).toBeGreaterThan(100);
    const moved = (await draft()).layout ?? {};
    expect(moved["c"]?.x).toBe(moved["b"]?.x);
    expect((moved["c"]?.y ?? 0) - (moved["b"]?.y ?? 0)).toBe(96);
    expect([moved["a"], moved["d"]]).toEqual([document.layout.a, document.layout.d]);
    await card.focus();
    await page.keyboard.press("f");
    await step("b").waitFor();
    await page.keyboard.press("Control+Shift+g");
    await expect.poll(async () => (await draft()).groups, { timeout: 20_000 }).toBeUndefined();
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await draft()).groups?.["group-1"]?.steps, { timeout: 20_000 }).toEqual(["b", "c"]);
    expect(errors).toEqual([]);
  });
});
