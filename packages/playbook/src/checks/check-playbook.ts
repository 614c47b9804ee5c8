import type { Catalog } from "../catalog.ts";
import type { Playbook } from "../playbook.ts";
import { checkContext } from "./check.ts";
import type { Finding, Severity } from "./finding.ts";
import { checks } from "./registry.ts";

const rank: { readonly [Name in Severity]: number } = { error: 0, warning: 1, hint: 2 };

/** What is wrong with a playbook, errors first. What the catalog does not know is not checked against it. */
export function checkPlaybook(playbook: Playbook, catalog: Catalog = {}): Finding[] {
  const context = checkContext(playbook, catalog);
  return checks.flatMap((check) => [...check(context)]).sort((a, b) => rank[a.severity] - rank[b.severity]);
}
