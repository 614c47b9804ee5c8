import { type Playbook, playbook } from "@drawbridge/playbook";

/** A checked playbook with these steps; names are filled in. */
export function playbookOf(
  id: string,
  start: readonly string[],
  steps: { readonly [id: string]: { readonly kind: string; readonly [key: string]: unknown } },
  more: { readonly [key: string]: unknown } = {},
): Playbook {
  const named = Object.fromEntries(Object.entries(steps).map(([key, step]) => [key, { name: key, ...step }]));
  return playbook.parse({ schemaVersion: 1, id, name: id, start, steps: named, ...more });
}
