import { formatPath } from "../expression/path.ts";
import { schemaAt } from "../json-schema.ts";
import { stepAt } from "../edits/with-steps.ts";
import type { Check, CheckContext, ReadPath } from "./check.ts";
import { didYouMean } from "./closest.ts";
import type { Finding } from "./finding.ts";

const roots: ReadonlySet<string> = new Set(["input", "steps", "vars", "case", "item", "index", "run", "output", "now"]);

type Said = Pick<Finding, "code" | "severity" | "message"> & Partial<Pick<Finding, "fix">>;
const error = (code: string, message: string): Said => ({ code, severity: "error", message });
const warning = (code: string, message: string): Said => ({ code, severity: "warning", message });

function ofStep({ path, step: reader }: ReadPath, { playbook, graph, catalog }: CheckContext): Said | null {
  const [, id, part, ...rest] = path;
  if (id === undefined) return null;
  const step = stepAt(playbook, id);
  if (!step) return error("unknown-step-path", `There is no step "${id}".${didYouMean(id, Object.keys(playbook.steps))}`);
  if (reader !== null && reader !== id && !graph.precedes(id, reader))
    return error("unwritten-path", `The step "${id}" cannot have run before this one, so ${formatPath(path)} is always empty here.`);
  if (reader === id) return error("unwritten-path", `A step cannot read its own output; in repeat.until the path is "output".`);
  if (part !== undefined && part !== "output" && part !== "error")
    return error("unknown-step-path", `A step has "output" and "error", not "${part}".${didYouMean(part, ["output", "error"])}`);
  if (part !== "output" || rest.length === 0) return null;
  if (step.kind === "action" && !step.forEach) {
    const facts = catalog.actions?.get(step.action);
    if (facts && schemaAt(facts.output, rest) === null) return warning("unknown-output", `${facts.title} returns nothing at ${formatPath(rest)}.`);
  }
  return null;
}

function ofVariable({ path, step: reader }: ReadPath, { playbook, graph }: CheckContext): Said | null {
  const [, name] = path;
  if (name === undefined) return null;
  const setters = Object.entries(playbook.steps).filter(([, step]) => step.kind === "set" && Object.hasOwn(step.values, name));
  if (setters.length === 0) return error("unset-variable", `No step sets the variable "${name}".`);
  if (reader === null || setters.some(([id]) => graph.precedes(id, reader))) return null;
  return error("unset-variable", `No step that runs before this one sets the variable "${name}".`);
}

function ofInput({ path }: ReadPath, { playbook }: CheckContext): Said | null {
  const [, key] = path;
  const inputs = playbook.inputs ?? [];
  if (key === undefined || inputs.some((input) => input.key === key)) return null;
  const declare = /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(key)
    ? {
        fix: { title: `Declare the input ${key}`, edits: [{ type: "set-inputs", params: { inputs: [...(inputs as readonly { key: string }[]), { key, type: "any" }] as never } }] },
      }
    : {};
  return {
    ...error(
      "undeclared-input",
      `The playbook has no input "${key}".${didYouMean(
        key,
        inputs.map((input) => input.key),
      )}`,
    ),
    ...declare,
  };
}

function said(read: ReadPath, context: CheckContext): Said | null {
  const [root = ""] = read.path;
  if (!roots.has(root)) return error("unknown-path", `Nothing is called "${root}". Paths start with input, steps, vars, case, item, index, run or now.${didYouMean(root, roots)}`);
  if (root === "steps") return ofStep(read, context);
  if (root === "vars") return ofVariable(read, context);
  if (root === "input") return ofInput(read, context);
  if ((root === "item" || root === "index" || root === "output") && !read.roots.includes(root))
    return error("unknown-path", root === "output" ? `"output" can be read only in repeat.until.` : `"${root}" can be read only in a step that runs for each item.`);
  return null;
}

/** Paths that no earlier step can have written. */
export const paths: Check = function* (context) {
  for (const read of context.reads) {
    const found = said(read, context);
    if (found) yield { ...found, ...(read.step === null ? {} : { step: read.step }), pointer: read.pointer, path: read.path };
  }
};
