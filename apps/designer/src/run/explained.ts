import type { Explained, Json } from "@drawbridge/playbook";

/** One branch that a condition looked at. */
export interface ExplainedBranch {
  readonly branch: string;
  readonly holds: boolean;
  readonly because: Explained;
}

/** The branches in what a condition left behind; null when it is something else. */
export function explainedBranches(value: Json | undefined): readonly ExplainedBranch[] | null {
  if (!Array.isArray(value)) return null;
  const branches = (value as readonly Json[]).flatMap((each) =>
    typeof each === "object" && each !== null && "branch" in each && "because" in each ? [each as unknown as ExplainedBranch] : [],
  );
  return branches.length > 0 ? branches : null;
}

const words: { readonly [operator: string]: string } = {
  "==": "is",
  "===": "is",
  "!=": "is not",
  "!==": "is not",
  ">": "is more than",
  ">=": "is at least",
  "<": "is less than",
  "<=": "is at most",
  in: "is in",
  and: "all of",
  or: "any of",
  "!": "not",
  "!!": "is set",
  if: "if",
};

/** An operator in words. */
export const operatorText = (operator: string) => words[operator] ?? operator.replaceAll(/[-_]/g, " ");

/** A value in one line, at most 60 letters. */
export function valueText(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const quantifiers: { readonly [operator: string]: string } = { some: "has one for which", all: "has only such for which", none: "has none for which" };

/** A value inside a sentence: lists and objects by their size. */
function briefText(value: Json): string {
  if (Array.isArray(value))
    return value.length > 0 && value.length <= 4 && value.every((each) => typeof each !== "object") ? valueText(value) : `${value.length} ${value.length === 1 ? "item" : "items"}`;
  return typeof value === "object" && value !== null ? "an object" : valueText(value);
}

const shown = (part: Explained | undefined): string => {
  if (!part) return "";
  if (part.path !== undefined) return `${part.path.split(".").at(-1) ?? part.path} (${briefText(part.value)})`;
  return part.operator !== undefined && part.operands ? saying(part) : briefText(part.value);
};

const whole = new Set(["and", "or", "if"]);

function saying(part: Explained): string {
  const operands = (part.operands ?? []).filter(({ evaluated }) => evaluated !== false);
  if (part.operator !== undefined && whole.has(part.operator)) {
    const decided = operands.find((each) => each.decided) ?? operands[0];
    if (part.operator === "and" && part.value === true) return operands.map(shown).join(" and ");
    return decided ? shown(decided) : valueText(part.value);
  }
  const [first, ...rest] = operands;
  const quantifier = part.operator === undefined ? undefined : quantifiers[part.operator];
  if (quantifier !== undefined && first) return `${shown(first)} ${quantifier} ${rest.length > 0 ? `${shown(rest.at(-1))}` : "it holds"}`;
  if (part.operator === "!") return `not (${shown(first)})`;
  if (part.operator === undefined || !first) return shown(part);
  return `${shown(first)} ${operatorText(part.operator)}${rest.length > 0 ? ` ${rest.map(shown).join(", ")}` : ""}`;
}

/** Why a condition went where it went, in one sentence. */
export function whyText(branches: readonly ExplainedBranch[]): string {
  const held = branches.find(({ holds }) => holds);
  if (held) return `Went ${held.branch}: ${saying(held.because)}.`;
  const only = branches.length === 1 ? branches[0] : undefined;
  return only ? `Went otherwise, not ${only.branch}: it does not hold that ${saying(only.because)}.` : `Went otherwise: none of its ${branches.length} branches holds.`;
}
