import type { Json } from "@drawbridge/playbook";

/** Where `found` is not what was expected, or null. Objects compare in part, lists item by item. */
export function mismatch(expected: Json, found: Json | undefined, path = ""): string | null {
  if (Array.isArray(expected)) {
    if (!Array.isArray(found)) return `${path || "/"} is ${show(found)}, not a list`;
    if (found.length !== expected.length) return `${path || "/"} has ${found.length} items, not ${expected.length}`;
    for (const [index, each] of (expected as readonly Json[]).entries()) {
      const wrong = mismatch(each, (found as readonly Json[])[index], `${path}/${index}`);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof found !== "object" || found === null || Array.isArray(found)) return `${path || "/"} is ${show(found)}, not an object`;
    for (const [key, each] of Object.entries(expected)) {
      const wrong = mismatch(each, Object.hasOwn(found, key) ? (found as { readonly [key: string]: Json })[key] : undefined, `${path}/${key}`);
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
