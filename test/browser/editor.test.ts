import type { RunSummary } from "@drawbridge/protocol";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { workshop } from "./workshop.ts";

if (noBrowser) console.log(`Skipped: the editor in a browser (${noBrowser}).`);

const document = (id: string) => ({
  schemaVersion: 1,
  id,
  name: `Greeting ${id}`,
  start: ["begin"],
  steps: { begin: { kind: "section", name: "Begin", next: [] } },
  layout: { begin: { x: 200, y: 120 } },
});

describe.skipIf(noBrowser !== null)("editing a playbook", () => {
  const shop = workshop();

  /** The ids of the steps that ran, once the run that the page shows has ended. */
  const ranSteps = async (page: Page): Promise<string[]> => {
    await page.waitForURL(/\/runs\/.+/);
    const id = page.url().split("/runs/")[1] ?? "";
    await expect.poll(async () => (await shop.api().call<{ run: RunSummary }>("getRun", { params: { id } })).run.status, { timeout: 20_000 }).toBe("succeeded");
    const { events } = await shop.api().call<{ events: { type: string; step?: string }[] }>("getTrace", { params: { id } });
    return events.flatMap((event) => (event.type === "step-succeeded" && event.step ? [event.step] : []));
  };

  it("runs a step that was dragged in, connected, and published by mouse", { timeout: 120_000 }, async () => {
    const { page, errors } = await shop.open(document("by-mouse"));
    const canvas = page.locator(".react-flow__pane").first();
    const box = await canvas.boundingBox();
    if (!box) throw new Error("The canvas is not there.");
    await page.locator('[data-palette-item="set"]').dragTo(canvas, { targetPosition: { x: box.width / 2 + 40, y: box.height - 220 } });
    const added = page.locator('[data-step-id^="set"]').first();
    await added.waitFor();
    await page.keyboard.press("Escape");
    const from = await page.locator('[data-step-id="begin"] [data-handleid="next"], [data-step-id="begin"][data-handleid="next"]').first().boundingBox();
    const to = await added.boundingBox();
    if (!from || !to) throw new Error("A port is not there.");
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y - 40, { steps: 8 });
    await page.mouse.move(to.x + to.width / 2, to.y, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(
        async () => (await shop.api().call<{ playbook: { steps: { begin: { next: string[] } } } }>("getDraft", { params: { id: "by-mouse" } })).playbook.steps.begin.next.length,
        {
          timeout: 20_000,
        },
      )
      .toBe(1);
    await page.getByRole("button", { name: /^publish v1/i }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^publish/i })
      .click();
    await page.getByText("v1 is live").first().waitFor();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Run", exact: true }).click();
    expect((await ranSteps(page)).some((id) => id.startsWith("set"))).toBe(true);
    expect(errors).toEqual([]);
  });

  it("runs a step that was added, connected, and published by keyboard alone", { timeout: 120_000 }, async () => {
    const { page, errors } = await shop.open(document("by-keyboard"));
    const search = page.getByRole("searchbox", { name: "Search steps and actions" });
    await search.waitFor();
    await expect
      .poll(
        async () => {
          await page.keyboard.press("/");
          return search.evaluate((field) => field === field.ownerDocument.activeElement);
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await search.press("Control+a");
    await page.keyboard.type("set");
    await page.getByText(/Enter adds the first/).waitFor();
    await page.keyboard.press("Enter");
    await page.locator('[data-step-id^="set"]').first().waitFor();
    const connect = page.getByRole("combobox", { name: /connect to/i }).first();
    const draft = async () =>
      (await shop.api().call<{ playbook: { steps: { begin: { next: string[] } } } }>("getDraft", { params: { id: "by-keyboard" } })).playbook.steps.begin.next.length;
    await page.locator('[data-step-id="begin"]').first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Begin" }).or(page.locator('input[value="Begin"]')).first().waitFor();
    await connect.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.type("Set");
    await page.locator("[data-combobox-selected]").first().waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(draft, { timeout: 20_000 }).toBe(1);
    await page.getByRole("button", { name: /^publish v1/i }).focus();
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^publish/i })
      .focus();
    await page.keyboard.press("Enter");
    await page.getByText("v1 is live").first().waitFor();
    await page.getByRole("button", { name: "Run", exact: true }).focus();
    await page.keyboard.press("Enter");
    const start = page.getByRole("dialog").getByRole("button", { name: "Run", exact: true });
    await expect.poll(() => start.isEnabled(), { timeout: 20_000 }).toBe(true);
    await start.focus();
    await page.keyboard.press("Enter");
    expect((await ranSteps(page)).some((id) => id.startsWith("set"))).toBe(true);
    expect(errors).toEqual([]);
  });
});
