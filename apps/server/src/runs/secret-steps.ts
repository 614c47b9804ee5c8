import type { Playbook } from "@drawbridge/playbook";

/** The steps that can open a restricted case, whoever is in it. */
export const openingSteps = (playbook: Playbook): readonly string[] =>
  Object.entries(playbook.steps).flatMap(([id, step]) => (step.kind === "action" && step.action === "cases.open-child" && step.with?.["restricted"] !== false ? [id] : []));

/** Whether the step names the person among the members of the case that it opens. */
export function namesMember(playbook: Playbook, step: string, email: string): boolean {
  const found = playbook.steps[step];
  return found?.kind === "action" && JSON.stringify(found.with?.["members"] ?? null).includes(`"${email}"`);
}

/** Adds every step that reads what a secret step returned. */
export function addReaders(playbook: Playbook | null, steps: Set<string>): void {
  const texts = Object.entries(playbook?.steps ?? {}).map(([id, step]) => [id, JSON.stringify(step)] as const);
  for (let before = -1; before !== steps.size;) {
    before = steps.size;
    for (const [id, text] of texts) if (!steps.has(id) && [...steps].some((secret) => new RegExp(`steps\\.${secret}(?![a-z0-9-])`).test(text))) steps.add(id);
  }
}
