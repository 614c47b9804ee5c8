import type { Playbook } from "@drawbridge/playbook";
import type { Page } from "playwright-core";
import type { Seeded } from "./seeded.ts";

/** Somebody at the editor, who knows the document as it is before a move. */
export interface Walker {
  readonly page: Page;
  readonly random: Seeded;
  readonly playbook: Playbook;
}

const isTyping = (page: Page) => page.evaluate(() => document.activeElement?.matches("input, textarea, [contenteditable='true']") ?? false);

/** Goes to the canvas or the outline, by its key where no field has the keys. */
export async function goToView({ page }: Pick<Walker, "page">, view: "canvas" | "outline"): Promise<void> {
  const there = view === "canvas" ? page.locator(".canvas-box[data-ready]") : page.getByRole("tree", { name: "Steps in the order of the flow" });
  if (await there.isVisible()) return;
  if (await isTyping(page)) await page.getByRole("radiogroup", { name: "View" }).getByText(view, { exact: false }).click();
  else await page.keyboard.press("o");
  await there.waitFor();
}

/** Waits until the view of the canvas moves no more. */
export const standStill = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const view = document.querySelector<HTMLElement>(".react-flow__viewport");
    let last: string | undefined;
    for (let same = 0; same < 3; same = view?.style.transform === last ? same + 1 : 0) {
      last = view?.style.transform ?? "";
      await new Promise(requestAnimationFrame);
    }
  });

/** Brings all into view. */
export async function fit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await standStill(page);
}

/** Chooses a card, group or note on the canvas by keyboard. */
export async function choose(walker: Walker, id: string): Promise<void> {
  const { page } = walker;
  await goToView(walker, "canvas");
  // The first Escape may close a tooltip under the mouse.
  for (let presses = 0; presses < 2; presses += 1) await page.keyboard.press("Escape");
  await page.locator(".react-flow__node.selected").first().waitFor({ state: "detached" });
  await page.locator(`.react-flow__node[data-id="${id}"]`).focus();
  await page.keyboard.press("Enter");
  await page.locator(`.react-flow__node.selected[data-id="${id}"]`).waitFor();
}

const row = (page: Page, id: string) => page.locator(`[role="treeitem"][data-step-id="${id}"]`);

/** Chooses rows of the outline by mouse. */
export async function chooseRows(walker: Walker, ids: readonly string[]): Promise<void> {
  await goToView(walker, "outline");
  const [first, ...others] = ids;
  if (first === undefined) return;
  await row(walker.page, first).locator("b").click();
  for (const id of others) {
    await row(walker.page, id)
      .locator("b")
      .click({ modifiers: ["Shift"] });
  }
  await row(walker.page, first).focus();
}

const folded = ({ groups = {} }: Playbook) => new Set(Object.values(groups).flatMap((group) => (group.folded ? group.steps : [])));
const grouped = ({ groups = {} }: Playbook) => new Set(Object.values(groups).flatMap((group) => group.steps));

/** The steps that can be seen. */
export const visible = ({ playbook }: Pick<Walker, "playbook">): string[] => Object.keys(playbook.steps).filter((id) => !folded(playbook).has(id));
/** The steps in no group. */
export const single = ({ playbook }: Pick<Walker, "playbook">): string[] => Object.keys(playbook.steps).filter((id) => !grouped(playbook).has(id));
