import { type Json, type Playbook, playbook } from "@drawbridge/playbook";

/** A playbook of these steps, checked against the schema; each has its id as its name. */
export function playbookOf(
  start: readonly string[],
  steps: { readonly [id: string]: { readonly kind: string; readonly [key: string]: unknown } },
  more: Partial<Playbook> = {},
): Playbook {
  return playbook.parse({
    schemaVersion: 1,
    id: "under-test",
    name: "Under test",
    start,
    steps: Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, { name: id, ...step }])),
    ...more,
  });
}

/** An action step that leads to `next`. */
export function action(next: readonly string[], more: { readonly [key: string]: Json } = {}): { readonly kind: "action"; readonly [key: string]: Json } {
  return { kind: "action", action: "code42.get-alert", next, ...more };
}
