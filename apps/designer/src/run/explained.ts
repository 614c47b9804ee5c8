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

const shown = (part: Explained | undefined): string => {
  if (!part) return "";
  if (part.path !== undefined) return `${part.path.split(".").at(-1) ?? part.path} (${valueText(part.value)})`;
  return part.operator !== undefined && part.operands ? saying(part) : valueText(part.value);
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
  if (part.operator === "!") return `not (${shown(first)})`;
  if (part.operator === undefined || !first) return shown(part);
  return `${shown(first)} ${operatorText(part.operator)}${rest.length > 0 ? ` ${rest.map(shown).join(", ")}` : ""}`;
}

/** Why a condition went where it went, in one sentence. */
export function whyText(branches: readonly ExplainedBranch[]): string {
  const held = branches.find(({ holds }) => holds);
  if (held) return `Went ${held.branch}: ${saying(held.because)}.`;
  return branches.length === 1
    ? `Did not go ${branches[0]?.branch}: it does not hold that ${branches[0] ? saying(branches[0].because) : ""}.`
    : `None of its ${branches.length} branches holds.`;
}
