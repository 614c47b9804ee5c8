import type { Playbook } from "@drawbridge/playbook";
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { standStill } from "./walk/walker.ts";
import { workshop } from "./workshop.ts";

if (noBrowser) console.log(`Skipped: editing by hand in a browser (${noBrowser}).`);

const ids = ["a", "b", "c"];
const chain = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Chain ${id}`,
  start: ["a"],
  steps: Object.fromEntries(ids.map((each, at) => [each, { kind: "section", name: `Step ${each}`, next: ids.slice(at + 1, at + 2) }])),
  layout: Object.fromEntries(ids.map((each, at) => [each, { x: 0, y: at * 112 }])),
});
const polling = { timeout: 20_000 };

/** The names of the steps from the start on, each with the one that follows. */
function flow({ start, steps }: Playbook): string[] {
  const names: string[] = [];
  for (let id = start[0]; id !== undefined;) {
    const step = steps[id];
    names.push(step?.name ?? id);
    id = step && "next" in step ? step.next?.[0] : undefined;
  }
  return names;
}

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not there.");
  return { ...box, middle: box.x + box.width / 2, bottom: box.y + box.height };
};
const command = async (page: Page, words: string) => {
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Find a step or a command" }).fill(words);
  await page.getByRole("button", { name: new RegExp(`^${words}`) }).waitFor();
  await page.keyboard.press("Enter");
};

describe.skipIf(noBrowser !== null)("a person at the editor", () => {
  const shop = workshop();

  it("inserts a step by dropping it on a connection, and by choosing the connection and typing", { timeout: 120_000 }, async () => {
    const { page, errors, draft, step } = await shop.open(chain("insert"));
    const [from, to] = [await boxOf(step("a")), await boxOf(step("b"))];
    const pane = await boxOf(page.locator(".react-flow__pane"));
    const between = { x: from.middle, y: (from.bottom + to.y) / 2 };
    await page.locator('[data-palette-item="set"]').dragTo(page.locator(".react-flow__pane"), { targetPosition: { x: between.x - pane.x, y: between.y - pane.y } });
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Set variables", "Step b", "Step c"]);
    await standStill(page);
    const [next, last] = [await boxOf(step("b")), await boxOf(step("c"))];
    await page.mouse.click(next.middle, (next.bottom + last.y) / 2);
    await page.getByRole("searchbox", { name: "Search steps and actions" }).focus();
    await page.keyboard.type("wait");
    await page.getByText(/Enter adds the first/).waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Set variables", "Step b", "Wait", "Step c"]);
    expect(errors).toEqual([]);
  });

  it("is offered what can follow where a way is dragged to, and takes or leaves it", { timeout: 120_000 }, async () => {
    const { page, errors, draft } = await shop.open(chain("offer"));
    const port = await boxOf(page.locator('.react-flow__handle[data-from="c"][data-way="next"]'));
    const pull = async () => {
      await page.mouse.move(port.middle, port.y + port.height / 2);
      await page.mouse.down();
      await page.mouse.move(port.middle + 40, port.bottom + 40, { steps: 4 });
      await page.mouse.move(port.middle + 80, port.bottom + 90, { steps: 4 });
      await page.mouse.up();
      await page.getByRole("dialog", { name: "What follows?" }).waitFor();
    };
    await pull();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "What follows?" }).waitFor({ state: "detached" });
    await pull();
    await page.getByRole("option", { name: "Wait", exact: true }).click();
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Step b", "Step c", "Wait"]);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Step b", "Step c"]);
    await pull();
    await page.keyboard.type("wait");
    await page.keyboard.press("Enter");
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Step b", "Step c", "Wait"]);
    expect(errors).toEqual([]);
  });

  it("deletes a step by key and by its menu, and what led to it leads on", { timeout: 120_000 }, async () => {
    const { page, errors, draft, step } = await shop.open(chain("heal"));
    await step("b").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Delete");
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Step c"]);
    await page.keyboard.press("Control+z");
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step a", "Step b", "Step c"]);
    await step("a").click();
    await page.getByRole("button", { name: "More for this step" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect.poll(async () => flow(await draft()), polling).toEqual(["Step b", "Step c"]);
    expect(errors).toEqual([]);
  });

  it("copies steps as JSON and pastes them into another playbook in another window", { timeout: 120_000 }, async () => {
    const { context, page, errors, step } = await shop.open(chain("copied"));
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await shop.create({ ...chain("pasted"), start: [], steps: {}, layout: {} } as { id: string });
    const other = await context.newPage();
    await shop.goTo(other, "pasted");
    const pastedNames = async () => Object.values((await shop.draftOf("pasted")).steps).map(({ name }) => name);
    await page.bringToFront();
    await step("a").click();
    await step("b").click({ modifiers: ["Shift"] });
    await page.getByRole("heading", { name: "2 selected" }).waitFor();
    await page.keyboard.press("Control+c");
    const held = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { steps: object };
    expect(Object.keys(held.steps)).toEqual(["a", "b"]);
    await other.bringToFront();
    await other.keyboard.press("Control+v");
    await expect.poll(pastedNames, polling).toEqual(["Step a", "Step b"]);
    expect(Object.values((await shop.draftOf("pasted")).steps)[0]).toMatchObject({ next: ["b"] });
    await page.bringToFront();
    await page.keyboard.press("Escape");
    await step("c").click();
    await page.getByRole("button", { name: "More for this step" }).click();
    await page.getByRole("menuitem", { name: "Copy" }).click();
    await page.getByText("Copied", { exact: true }).waitFor({ state: "attached" });
    await other.bringToFront();
    await other.keyboard.press("Control+v");
    await expect.poll(pastedNames, polling).toEqual(["Step a", "Step b", "Step c"]);
    expect(errors).toEqual([]);
  });

  it("copies rows of the outline that were chosen by mouse as steps, not as text", { timeout: 120_000 }, async () => {
    const { page, errors, draft } = await shop.open(chain("rows"));
    await page.keyboard.press("o");
    const tree = page.getByRole("tree", { name: "Steps in the order of the flow" });
    await tree.getByText("Step a", { exact: true }).click();
    await tree.getByText("Step b", { exact: true }).click({ modifiers: ["Shift"] });
    await page.getByRole("heading", { name: "2 selected" }).waitFor();
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await expect.poll(async () => Object.values((await draft()).steps).map(({ name }) => name), polling).toEqual(["Step a", "Step b", "Step c", "Step a", "Step b"]);
    expect(errors).toEqual([]);
  });

  it("duplicates by key and by menu, finds by mouse, and zooms to what is selected", { timeout: 120_000 }, async () => {
    const { page, errors, draft, step } = await shop.open(chain("duplicate"));
    await step("c").click();
    await page.keyboard.press("Control+d");
    await expect.poll(async () => Object.keys((await draft()).steps).length, polling).toBe(4);
    await page.getByRole("button", { name: "More for this step" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    await expect.poll(async () => Object.keys((await draft()).steps).length, polling).toBe(5);
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByRole("textbox", { name: "Find a step or a command" }).fill("Step a");
    await page
      .getByRole("button", { name: /^Step a/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Step a", exact: true }).waitFor();
    const width = async () => (await boxOf(step("a"))).width;
    const zoomOut = async () => {
      for (let press = 0; press < 3; press += 1) await page.getByRole("button", { name: "Zoom out" }).click();
      await standStill(page);
    };
    await zoomOut();
    const small = await width();
    await step("a").focus();
    await page.keyboard.press("2");
    await expect.poll(width, polling).toBeGreaterThan(small * 1.2);
    await zoomOut();
    await command(page, "Zoom to the selection");
    await expect.poll(width, polling).toBeGreaterThan(small * 1.2);
    expect(errors).toEqual([]);
  });

  it("opens the sheet of shortcuts by key and from the menu", { timeout: 120_000 }, async () => {
    const { page, errors } = await shop.open(chain("sheet"));
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await page.keyboard.press("?");
    await sheet.getByText("Delete the selection; the way is healed").waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "More for this playbook" }).click();
    await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
    await sheet.getByRole("button").first().click();
    await sheet.waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  });

  it.each(["mouse", "keyboard"] as const)("rolls back to an earlier version by %s, and must say why", { timeout: 120_000 }, async (by) => {
    const id = `back-by-${by}`;
    const first = await shop.create(chain(id));
    await shop.api().call("publish", { params: { id }, body: { note: "first" }, headers: { "if-match": first.etag } });
    const second = await shop.api().call<{ etag: string }>("saveDraft", { params: { id }, body: { ...chain(id), name: "Spoilt" }, headers: { "if-match": '"v1"' } });
    await shop.api().call("publish", { params: { id }, body: { note: "second" }, headers: { "if-match": second.etag } });
    const { page, errors } = await shop.sit();
    await shop.goTo(page, id);
    const press = (locator: Locator) => (by === "mouse" ? locator.click() : locator.press("Enter"));
    await press(page.getByRole("button", { name: "Versions", exact: true }));
    await press(page.getByRole("button", { name: "More for v1" }));
    await press(page.getByRole("menuitem", { name: /^Roll back to v1/ }));
    const dialog = page.getByRole("dialog", { name: "Roll back to v1" });
    const go = dialog.getByRole("button", { name: "Roll back to v1" });
    const why = dialog.getByRole("textbox", { name: "Why" });
    await why.waitFor();
    expect(await go.isDisabled()).toBe(true);
    await why.fill("The second was spoilt");
    await expect.poll(() => go.isEnabled(), polling).toBe(true);
    await press(go);
    await dialog.waitFor({ state: "detached" });
    await page.getByText("v3 is live", { exact: true }).first().waitFor();
    expect(await shop.api().call("getVersion", { params: { id, version: "3" } })).toMatchObject({ note: "The second was spoilt", playbook: { name: `Chain ${id}` } });
    await page.getByRole("heading", { level: 1, name: `Chain ${id}` }).waitFor();
    expect(errors).toEqual([]);
  });

  it("in two browsers at once loses nothing in either and sees in each what the other did", { timeout: 120_000 }, async () => {
    const one = await shop.open(chain("both"));
    const two = await shop.sit();
    await shop.goTo(two.page, "both");
    const rename = async (page: Page, id: string, name: string) => {
      await page.locator(`.react-flow__node[data-step-id="${id}"]`).click();
      await page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
    };
    await Promise.all([rename(one.page, "a", "From the first"), rename(two.page, "b", "From the second")]);
    await expect.poll(async () => flow(await one.draft()), polling).toEqual(["From the first", "From the second", "Step c"]);
    for (const { page } of [one, two]) {
      await page.locator('.react-flow__node[data-step-id="a"]').getByText("From the first").waitFor();
      await page.locator('.react-flow__node[data-step-id="b"]').getByText("From the second").waitFor();
    }
    await one.page.locator('.react-flow__node[data-step-id="c"]').focus();
    await one.page.keyboard.press("Enter");
    await one.page.keyboard.press("Delete");
    await two.page.locator('.react-flow__node[data-step-id="c"]').waitFor({ state: "detached" });
    await expect.poll(async () => flow(await one.draft()), polling).toEqual(["From the first", "From the second"]);
    expect([...one.errors, ...two.errors]).toEqual([]);
  });
});
