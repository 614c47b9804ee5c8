import type { Json } from "@drawbridge/playbook";

/** Whether two values are the same, whatever the order of their keys. */
export function sameJson(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object" || Array.isArray(one) !== Array.isArray(other)) return false;
  const left = Object.entries(one) as [string, Json][];
  return (
    left.length === Object.keys(other).length &&
    left.every(([key, value]) => Object.hasOwn(other, key) && sameJson(value, (other as { readonly [key: string]: Json })[key] ?? null))
  );
}
