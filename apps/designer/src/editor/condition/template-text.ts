import { compileTemplate, type Json } from "@drawbridge/playbook";

/** JsonLogic as the inside of a `{{ }}` when it is a path with operators piped after it, else null. `logicOf` undoes it. */
export function textOf(logic: Json): string | null {
  const text = write(logic);
  if (text === null) return null;
  try {
    return JSON.stringify(compileTemplate(`{{ ${text} }}`)) === JSON.stringify(logic) ? text : null;
  } catch {
    return null;
  }
}

/** The JsonLogic of what stands inside a `{{ }}`, or why it is none. */
export function logicOf(text: string): { readonly logic: Json } | { readonly problem: string } {
  const inside = text
    .trim()
    .replace(/^\{\{\s*/, "")
    .replace(/\s*\}\}$/, "");
  if (inside === "") return { problem: "Choose what to compare." };
  try {
    return { logic: compileTemplate(`{{ ${inside} }}`) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function write(logic: Json): string | null {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return null;
  const entries = Object.entries(logic);
  const [operator, operands] = entries[0] ?? [];
  if (entries.length !== 1 || operator === undefined) return null;
  if (operator === "var") return typeof operands === "string" ? operands : null;
  if (!Array.isArray(operands) || operands.length === 0) return null;
  const [first, ...rest] = operands as Json[];
  const head = write(first ?? null);
  const written = rest.map(argument);
  if (head === null || written.includes(null)) return null;
  return `${head} | ${operator}${written.length > 0 ? `: ${written.join(", ")}` : ""}`;
}

function argument(value: Json): string | null {
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && !Array.isArray(value) && "var" in value ? write(value) : null;
}
