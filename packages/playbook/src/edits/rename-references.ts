import type { Json } from "../json.ts";
import type { Playbook } from "../playbook.ts";
import { formatPath, parsePath } from "../expression/path.ts";
import { rewriteLogicPaths, rewriteValuePaths } from "../expression/rewrite-paths.ts";
import { expressionsOf } from "../steps/expressions.ts";
import type { Step } from "../steps/registry.ts";
import { withValueAt } from "../with-value-at.ts";

/** Old step ids and the new ones. */
export type Renaming = ReadonlyMap<string, string>;

/** The path with the step that it names renamed; the same text when it names none of them. */
function renamePath(text: string, renaming: Renaming): string {
  const segments = parsePath(text);
  const renamed = segments[0] === "steps" && segments[1] !== undefined ? renaming.get(segments[1]) : undefined;
  return renamed === undefined ? text : formatPath(["steps", renamed, ...segments.slice(2)]);
}

/** The step with the paths in its expressions renamed. */
export function renameInStep(step: Step, renaming: Renaming): Step {
  const change = (text: string): string => renamePath(text, renaming);
  return expressionsOf(step).reduce<Step>((made, { at, language, value }) => {
    const renamed = language === "logic" ? rewriteLogicPaths(value, change) : rewriteValuePaths(value, change);
    return renamed === value ? made : (withValueAt(made as unknown as Json, at, renamed) as unknown as Step);
  }, step);
}

/** The playbook's outputs with the paths in them renamed. */
export function renameInOutputs(outputs: Playbook["outputs"], renaming: Renaming): Playbook["outputs"] {
  return outputs?.map((output) => ({ ...output, value: rewriteValuePaths(output.value, (text) => renamePath(text, renaming)) }));
}
