import type { Playbook } from "../playbook.ts";

/** A slug of a text; `otherwise` when nothing is left of it. */
function slugOf(text: string, otherwise: string): string {
  const slug = text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 56)
    .replaceAll(/^-+|-+$/g, "");
  return slug === "" ? otherwise : slug;
}

/** An id like `base` that `taken` does not have. */
export function freeId(taken: (id: string) => boolean, base: string, otherwise: string): string {
  const slug = slugOf(base, otherwise);
  if (!taken(slug)) return slug;
  let number = 2;
  while (taken(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}

/** A step id that the playbook does not have yet, from a name such as "Look up the employee". */
export const freeStepId = (playbook: Playbook, base: string): string => freeId((id) => Object.hasOwn(playbook.steps, id), base, "step");
