import type { Json } from "@drawbridge/playbook";
import type { ValueEntry } from "@drawbridge/protocol";

/** Lists that can be shown as a table: the value itself, or fields of it and of its fields. */
export function listsIn(type: ValueEntry["type"] | undefined, entries: readonly ValueEntry[]): readonly (readonly string[])[] {
  if (type === "array") return [[]];
  const lists: (readonly string[])[] = [];
  for (const { key, type: kind, total, value } of entries) {
    if (key === "") continue;
    if (kind === "array" && total > 0 && (value === undefined || holdsRows(value))) lists.push([key]);
    if (kind === "object" && typeof value === "object" && value !== null)
      for (const [inner, each] of Object.entries(value)) if (Array.isArray(each) && each.length > 0 && holdsRows(each)) lists.push([key, inner]);
  }
  return lists;
}

const holdsRows = (value: Json): boolean => Array.isArray(value) && value.some((each: Json) => typeof each === "object" && each !== null && !Array.isArray(each));
