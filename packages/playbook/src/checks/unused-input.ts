import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

/** Inputs that nothing reads. */
export const unusedInput: Check = function* ({ playbook, reads }) {
  const whole = reads.some(({ path }) => path[0] === "input" && path.length === 1);
  const used = new Set(reads.filter(({ path }) => path[0] === "input").map(({ path }) => path[1]));
  for (const [at, input] of (playbook.inputs ?? []).entries()) {
    if (whole || used.has(input.key)) continue;
    const others = (playbook.inputs ?? []).filter((each) => each.key !== input.key);
    yield {
      code: "unused-input",
      severity: "hint",
      message: `Nothing reads the input "${input.key}".`,
      pointer: pointerOf(["inputs", at]),
      fix: { title: `Remove the input ${input.key}`, edits: [{ type: "set-inputs", params: { inputs: others as never } }] },
    };
  }
};
