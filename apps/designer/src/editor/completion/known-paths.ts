import { formatPath, graphOf, type Json, type Playbook, readPath, type Step, type StepKind, type StepOf } from "@drawbridge/playbook";
import type { StepCatalog } from "../../steps/step-catalog.ts";
import { type FieldShape, fieldsOf, typeText } from "../form/schema-fields.ts";
import type { RunValues } from "./run-values.ts";
import { valueType } from "./value-text.ts";

/** A path that an expression at a step can read. */
export interface KnownPath {
  readonly path: string;
  readonly type: string;
  readonly description: string;
  /** Whose value it is, for people: a step's name, "Input". */
  readonly from: string;
  /** What it was in the run that values are taken from; absent when it had none. */
  readonly value?: Json;
}

interface Shaped {
  readonly segments: readonly string[];
  readonly shape: FieldShape;
  readonly description: string;
}

const deepest = 4;
const most = 1_500;

/** Every path that can have a value when the run reaches a step: inputs, variables, what earlier steps return, the case and the run; by what is declared, and by what a run really had. */
export function knownPaths(playbook: Playbook, stepId: string | null, catalog: StepCatalog, values: RunValues | null = null): KnownPath[] {
  const found: KnownPath[] = [];
  const seen = new Set<string>();
  const add = (from: string, segments: readonly string[], type: string, description: string) => {
    const path = formatPath(segments);
    if (found.length >= most || seen.has(path)) return;
    seen.add(path);
    const value = values ? readPath(values.data, segments) : null;
    found.push({ path, type: type === "any" && value !== null ? valueType(value) : type, description, from, ...(value !== null && { value }) });
  };
  const addReal = (from: string, segments: readonly string[]) => {
    if (values) for (const [path, value] of realPaths(segments, readPath(values.data, segments), 0)) add(from, path, valueType(value), "");
  };
  const addShape = (from: string, root: Shaped) => {
    for (const each of unfold(root, 0)) add(from, each.segments, typeText(each.shape), each.description);
    addReal(from, root.segments);
  };

  const before = stepId === null ? new Set(Object.keys(playbook.steps)) : graphOf(playbook).ancestors(stepId);
  const own = stepId === null ? undefined : playbook.steps[stepId];
  if (own && (own.kind === "action" || own.kind === "call") && own.forEach) {
    add("This item", ["item"], "any", "The item of the list");
    add("This item", ["index"], "number", "Its position, from 0");
    addReal("This item", ["item"]);
  }
  if (own && (own.kind === "action" || own.kind === "call") && own.repeat)
    addShape("This step", { segments: ["output"], shape: outputOf(own, catalog), description: "What the last call returned" });
  for (const input of playbook.inputs ?? []) {
    add("Input", ["input", input.key], input.type, input.description ?? "");
    addReal("Input", ["input", input.key]);
  }
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (found.length >= most) break;
    if (!before.has(id)) continue;
    const shape = outputOf(step, catalog);
    if (step.kind !== "set" && step.kind !== "section" && step.kind !== "end")
      addShape(step.name, { segments: ["steps", id, "output"], shape, description: `What "${step.name}" returns` });
    if ("onError" in step && step.onError) {
      add(step.name, ["steps", id, "error", "code"], "string", "The code of the failure");
      add(step.name, ["steps", id, "error", "message"], "string", "What went wrong");
    }
  }
  const variables = new Set(Object.entries(playbook.steps).flatMap(([id, step]) => (step.kind === "set" && before.has(id) ? Object.keys(step.values) : [])));
  for (const name of variables) {
    add("Variable", ["vars", name], "any", "");
    addReal("Variable", ["vars", name]);
  }
  const opened = catalog.actions.get("cases.get") ?? catalog.actions.get("cases.open");
  addShape("Case", { segments: ["case"], shape: caseShape(opened?.output ?? null), description: "The case as last recorded" });
  for (const [name, type, description] of [
    ["id", "string", "The run's id"],
    ["startedAt", "string", "When the run began"],
  ] as const)
    add("Run", ["run", name], type, description);
  add("Run", ["now"], "string", "The time of the event");
  return found;
}

function caseShape(output: Json): FieldShape {
  const fields = fieldsOf(output);
  const inner = fields.find((field) => field.key === "case")?.shape;
  return inner?.kind === "object" ? inner : { kind: "object", fields };
}

const text: FieldShape = { kind: "text", long: false, format: undefined };
const field = (key: string, shape: FieldShape, description = "") => ({
  key,
  title: key,
  description,
  required: false,
  default: undefined,
  examples: [],
  secret: false,
  shape,
});

const askShapes: { readonly [Type in NonNullable<StepOf<"ask">["fields"]>[number]["type"]]: FieldShape } = {
  text,
  "long-text": text,
  number: { kind: "number", whole: false, minimum: undefined, maximum: undefined },
  boolean: { kind: "boolean" },
  date: text,
  choice: text,
  choices: { kind: "list", item: text },
};

const outputs: { readonly [Kind in StepKind]: (step: StepOf<Kind>, catalog: StepCatalog) => FieldShape } = {
  action: (step, catalog) => {
    const one: FieldShape = { kind: "object", fields: fieldsOf(catalog.actions.get(step.action)?.output ?? null) };
    return step.forEach ? { kind: "list", item: one } : one.fields.length > 0 ? one : { kind: "any" };
  },
  call: () => ({ kind: "any" }),
  condition: () => ({ kind: "object", fields: [field("branch", text, "The way that was taken")] }),
  ask: (step) => ({
    kind: "object",
    fields: [
      field("answer", text, "The branch that was chosen"),
      field("by", text, "Who answered"),
      field("at", text, "When"),
      field("values", { kind: "object", fields: (step.fields ?? []).map((each) => field(each.key, askShapes[each.type], each.label)) }, "What was filled in"),
    ],
  }),
  wait: () => ({ kind: "any" }),
  set: () => ({ kind: "any" }),
  script: () => ({ kind: "any" }),
  section: () => ({ kind: "any" }),
  end: () => ({ kind: "any" }),
};

const outputOf = (step: Step, catalog: StepCatalog): FieldShape => (outputs[step.kind] as (step: Step, catalog: StepCatalog) => FieldShape)(step, catalog);

function* unfold(at: Shaped, depth: number): Generator<Shaped> {
  yield at;
  if (depth >= deepest) return;
  if (at.shape.kind === "object")
    for (const each of at.shape.fields) yield* unfold({ segments: [...at.segments, each.key], shape: each.shape, description: each.description }, depth + 1);
  if (at.shape.kind === "list" && at.shape.item.kind === "object") yield* unfold({ segments: [...at.segments, "0"], shape: at.shape.item, description: "The first" }, depth + 1);
}

/** The parts of a real value, a list by its first item. */
function* realPaths(segments: readonly string[], value: Json, depth: number): Generator<readonly [readonly string[], Json]> {
  if (depth > 0) yield [segments, value];
  if (depth >= deepest || typeof value !== "object" || value === null) return;
  const parts = Array.isArray(value) ? Object.entries((value as readonly Json[]).slice(0, 1)) : Object.entries(value as { readonly [key: string]: Json });
  for (const [key, part] of parts) yield* realPaths([...segments, key], part, depth + 1);
}
