import { logicProblems, valueProblems } from "../expression/expression-problems.ts";
import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

/** Templates and logic that do not compile. */
export const badExpression: Check = function* ({ playbook, expressions }) {
  for (const { step, pointer, language, value } of expressions) {
    for (const problem of language === "logic" ? logicProblems(value) : valueProblems(value))
      yield { code: "bad-expression", severity: "error", message: problem.message, step, pointer: pointer + problem.pointer };
    if (language === "logic" && typeof value === "string" && value.includes("{{"))
      yield { code: "bad-expression", severity: "error", message: "Here stands JsonLogic, in which a text is always a text: a template is not evaluated.", step, pointer };
  }
  for (const [at, output] of (playbook.outputs ?? []).entries()) {
    for (const problem of valueProblems(output.value))
      yield { code: "bad-expression", severity: "error", message: problem.message, pointer: pointerOf(["outputs", at, "value"]) + problem.pointer };
  }
  for (const [at, trigger] of (playbook.triggers ?? []).entries()) {
    for (const problem of valueProblems(trigger.inputs))
      yield { code: "bad-expression", severity: "error", message: problem.message, pointer: pointerOf(["triggers", at, "inputs"]) + problem.pointer };
  }
};
