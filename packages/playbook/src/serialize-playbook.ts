import { type Playbook, playbook as schema } from "./playbook.ts";

/** Positions in the order of the steps; those of no step last. */
function inStepOrder(layout: NonNullable<Playbook["layout"]>, steps: Playbook["steps"]): Playbook["layout"] {
  const known = Object.keys(steps).filter((id) => Object.hasOwn(layout, id));
  const others = Object.keys(layout).filter((id) => !Object.hasOwn(steps, id));
  return Object.fromEntries([...known, ...others].map((id) => [id, layout[id] ?? { x: 0, y: 0 }]));
}

/** The playbook in the key order of its schema, steps in their own. */
export function canonicalPlaybook(playbook: Playbook): Playbook {
  const parsed = schema.safeParse(playbook);
  const ordered = parsed.success ? parsed.data : playbook;
  return ordered.layout ? { ...ordered, layout: inStepOrder(ordered.layout, ordered.steps) } : ordered;
}

/** The playbook as text: keys in the schema's order, two spaces, a newline at the end. Parsing and writing it again gives the same bytes. */
export function serializePlaybook(playbook: Playbook): string {
  return `${JSON.stringify(canonicalPlaybook(playbook), null, 2)}\n`;
}
