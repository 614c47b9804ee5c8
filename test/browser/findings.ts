import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Puts the page into a theme. Its colours are there at once, since whoever wants little motion is shown no changes of them. */
export async function inTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((scheme) => document.documentElement.dataset["mantineColorScheme"] === scheme, colorScheme);
}

/** What axe finds on the page as it stands that is serious or critical: rule, where, and why. */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Where there are no frames to gather from, the findings need no page of their own to be put together.
  const axe = new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1).options({ resultTypes: ["violations"] });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")}: ${(node.failureSummary ?? "").split("\n").slice(1).join("; ").trim()} ${node.html.slice(0, 200)}`),
    );
}
