import { compileTemplate, type Json } from "@drawbridge/playbook";

const foreign = /^(steps|input|vars|case|run|alert)\b/;

/** Every path that a value's templates and logic read from outside of the step. */
export function usedPaths(value: Json): string[] {
  const found = new Set<string>();
  walk(value, (path) => {
    if (foreign.test(path)) found.add(path);
    return null;
  });
  return [...found].sort();
}

/** The value with each path that is given replaced by its value. */
export function valueWith(value: Json, given: { readonly [path: string]: Json }): Json {
  return walk(value, (path) => (Object.hasOwn(given, path) ? { value: given[path] ?? null } : null));
}

type Replace = (path: string) => { readonly value: Json } | null;

function walk(value: Json, replace: Replace): Json {
  if (typeof value === "string") return template(value, replace);
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => walk(each, replace));
  if (typeof value !== "object" || value === null) return value;
  const own = value as { readonly [key: string]: Json };
  const path = Object.keys(own).length === 1 ? own["var"] : undefined;
  if (typeof path === "string") {
    const found = replace(path);
    return found ? found.value : value;
  }
  return Object.fromEntries(Object.entries(own).map(([key, each]) => [key, walk(each, replace)]));
}

function template(text: string, replace: Replace): Json {
  if (!text.includes("{{")) return text;
  try {
    const logic = compileTemplate(text);
    let replaced = false;
    const filled = walk(logic, (path) => {
      const found = replace(path);
      if (found) replaced = true;
      return found;
    });
    return replaced ? { $logic: filled } : text;
  } catch {
    return text;
  }
}
