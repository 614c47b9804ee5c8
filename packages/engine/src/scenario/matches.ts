import type { Json } from "@drawbridge/playbook";

/** `whole`: item by item. `some`: each expected item is among those found, and an empty list is empty. */
type Lists = "whole" | "some";

/** Where `found` is not what was expected, or null. Objects compare in part. */
export function mismatch(expected: Json, found: Json | undefined, lists: Lists, path = ""): string | null {
  if (Array.isArray(expected)) {
    if (!Array.isArray(found)) return `${path || "/"} is ${show(found)}, not a list`;
    if (lists === "some" && expected.length > 0) {
      const missing = (expected as readonly Json[]).find((each) => !(found as readonly Json[]).some((one) => mismatch(each, one, lists) === null));
      return missing === undefined ? null : `${path || "/"} has no item ${show(missing)}`;
    }
    if (found.length !== expected.length) return `${path || "/"} has ${found.length} items, not ${expected.length}`;
    for (const [index, each] of (expected as readonly Json[]).entries()) {
      const wrong = mismatch(each, (found as readonly Json[])[index], lists, `${path}/${index}`);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof found !== "object" || found === null || Array.isArray(found)) return `${path || "/"} is ${show(found)}, not an object`;
    for (const [key, each] of Object.entries(expected)) {
      const wrong = mismatch(each, Object.hasOwn(found, key) ? (found as { readonly [key: string]: Json })[key] : undefined, lists, `${path}/${key}`);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  return expected === found ? null : `${path || "/"} is ${show(found)}, not ${show(expected)}`;
}

function show(value: Json | undefined): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
