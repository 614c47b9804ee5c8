import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Puts the page into a theme, with every colour there at once. */
export async function inTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction((scheme) => {
    if (document.documentElement.dataset["mantineColorScheme"] !== scheme) return false;
    // What inherits a colour begins a change of its own when the one above it is done.
    const changing = document.getAnimations().filter((each) => each instanceof CSSTransition);
    for (const each of changing) each.finish();
    return changing.length === 0;
  }, colorScheme);
}

/** What axe finds on the page as it stands that is serious or critical: rule, where, and why. */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id} ${node.target.join(" ")}: ${(node.failureSummary ?? "").split("\n").slice(1).join("; ").trim()} ${node.html.slice(0, 200)}`),
    );
}
