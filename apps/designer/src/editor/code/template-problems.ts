import { ExpressionError, type OperatorDoc, parseTemplate, valueProblems } from "@drawbridge/playbook";
import { samePath } from "../completion/complete.ts";
import type { FieldProblem } from "../completion/known-context.ts";

/** Something wrong at a place of a text. */
export interface PlacedProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly severity: "error" | "warning";
  /** Said by the checks of the whole playbook, and so shown at the field already. */
  readonly found?: boolean;
}

/** What is wrong with a text with `{{ }}`, and where; `found` is what the checks said of the field. */
export function templateProblems(text: string, operators: readonly OperatorDoc[], found: readonly FieldProblem[]): PlacedProblem[] {
  if (!text.includes("{{") || /\{\{\s*\}\}/.test(text)) return [];
  try {
    const template = parseTemplate(text);
    const named = template.operators.flatMap(({ text: name, start, end, operands }): PlacedProblem[] => {
      const known = operators.find((each) => each.name === name);
      const at = { from: start, to: end, severity: "error" as const };
      if (!known) return [{ ...at, message: `There is no operator "${name}".` }];
      const missing = known.parameters.filter((each) => !each.optional && !each.many)[operands];
      return missing ? [{ ...at, message: `"${name}" needs its ${missing.name}.` }] : [];
    });
    const pathed = template.paths.flatMap(({ text: path, start, end }) =>
      found
        .filter((problem) => problem.path && samePath(path, problem.path))
        .map(({ message, severity }): PlacedProblem => ({ from: start, to: end, message, severity: severity === "error" ? "error" : "warning", found: true })),
    );
    const rest = named.length > 0 ? [] : valueProblems(text).slice(0, 1);
    return [...named, ...rest.map(({ message }): PlacedProblem => ({ from: 0, to: text.length, message, severity: "error" })), ...pathed];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const at = Math.min(error.place?.at ?? 0, text.length);
    return [
      { from: Math.max(0, at === text.length ? at - 1 : at), to: Math.max(at, Math.min(text.length, at + 1)), message: error.place?.reason ?? error.message, severity: "error" },
    ];
  }
}

/** The same for the inside of a `{{ }}`. */
export function insideProblems(text: string, operators: readonly OperatorDoc[], found: readonly FieldProblem[]): PlacedProblem[] {
  if (text.trim() === "") return [];
  const within = (at: number) => Math.max(0, Math.min(text.length, at - 3));
  return templateProblems(`{{ ${text} }}`, operators, found).map((problem) => ({ ...problem, from: within(problem.from), to: within(problem.to) }));
}
