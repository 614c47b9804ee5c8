import type { Page } from "playwright-core";

/** What the editor shows, as lines that can be compared. */
export interface Shown {
  readonly lines: readonly string[];
  /** Which step of the flow each row is, by its id; empty on the canvas. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** Every card, connection, group and note that the canvas shows. */
export const canvasShown = (page: Page): Promise<Shown> =>
  page.evaluate(() => {
    const lines: string[] = [];
    for (const node of document.querySelectorAll<HTMLElement>(".react-flow__node")) {
      const id = node.dataset["id"] ?? "";
      const { e, f } = new DOMMatrix(node.style.transform);
      if (id !== "$start") lines.push(`${id}: ${node.getAttribute("aria-label") ?? ""}${id.startsWith("$group:") ? "" : ` at ${e},${f}`}`);
    }
    for (const { dataset } of document.querySelectorAll<SVGGElement>("g[data-from][data-to]")) lines.push(`${dataset["from"]} ${dataset["way"]} -> ${dataset["to"]}`);
    return { lines: lines.sort(), numbers: {} };
  });

/** Every row of the outline with where it leads and what is wrong with it. */
export const outlineShown = (page: Page): Promise<Shown> =>
  page.evaluate(() => {
    const numbers: Record<string, number> = {};
    const lines = [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')].map((row) => {
      const id = row.dataset["stepId"] ?? "";
      const number = Number(row.firstElementChild?.textContent);
      if (number > 0) numbers[id] = number;
      const ways = [...row.querySelectorAll("[data-kind]")].map((way) => way.textContent);
      const wrong = row.querySelector("[data-severity]")?.getAttribute("title")?.split("\n") ?? [];
      return JSON.stringify([id, row.ariaLevel ?? row.getAttribute("aria-level"), row.querySelector("b")?.textContent, ways, wrong]);
    });
    return { lines: lines.sort(), numbers };
  });

/** How many problems of each kind the bar tells of. */
export const problemsShown = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole("region", { name: "Problems" })
    .locator('svg[aria-label="error"], svg[aria-label="warning"], svg[aria-label="hint"]')
    .evaluateAll((marks) => marks.map((mark) => mark.parentElement?.textContent ?? ""));
