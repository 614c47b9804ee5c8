import { type Catalog, checkPlaybook, type Finding, type Playbook } from "@drawbridge/playbook";

const order = { error: 0, warning: 1, hint: 2 } as const;

/** What the checks find, the gravest first. The same code runs in the server. */
export function findingsIn(playbook: Playbook, catalog: Catalog): readonly Finding[] {
  return [...checkPlaybook(playbook, catalog)].sort((a, b) => order[a.severity] - order[b.severity]);
}
