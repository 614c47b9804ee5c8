import type { Json } from "../json.ts";
import type { Step, StepKind, StepOf } from "./registry.ts";

/** An expression in a step: where it stands, its language, and the roots it can read beside the common ones. */
export interface PlacedExpression {
  readonly at: readonly (string | number)[];
  /** `logic` is JsonLogic, `value` any JSON with templates and `$logic` in it. */
  readonly language: "logic" | "value";
  readonly value: Json;
  readonly roots: readonly ("item" | "index" | "output")[];
}

type Found = (PlacedExpression | null)[];

const item = ["item", "index"] as const;

const value = (at: PlacedExpression["at"], given: unknown, roots: PlacedExpression["roots"] = []): PlacedExpression | null =>
  given === undefined ? null : { at, language: "value", value: given as Json, roots };
const logic = (at: PlacedExpression["at"], given: Json | undefined, roots: PlacedExpression["roots"] = []): PlacedExpression | null =>
  given === undefined ? null : { at, language: "logic", value: given, roots };

interface Looping {
  readonly forEach?: { readonly items: Json } | undefined;
  readonly repeat?: { readonly until: Json } | undefined;
}

const loops = (step: Looping): Found => [
  value(["forEach", "items"], step.forEach?.items),
  logic(["repeat", "until"], step.repeat?.until, step.forEach ? ["output", ...item] : ["output"]),
];
const each = (step: Looping): PlacedExpression["roots"] => (step.forEach ? item : []);

const found: { [Kind in StepKind]: (step: StepOf<Kind>) => Found } = {
  action: (step) => [value(["with"], step.with, each(step)), ...loops(step)],
  condition: (step) => step.branches.map((branch, at) => logic(["branches", at, "when"], branch.when)),
  ask: (step) => [
    value(["prompt"], step.prompt),
    value(["to", "people"], step.to?.people),
    value(["context"], step.context),
    ...(step.fields ?? []).flatMap((field, at) => [value(["fields", at, "label"], field.label), value(["fields", at, "help"], field.help)]),
    ...step.branches.map((branch, at) => value(["branches", at, "effect"], branch.effect)),
  ],
  wait: (step) => [value(["for"], step.for), value(["until"], step.until), value(["signal"], step.signal)],
  call: (step) => [value(["with"], step.with, each(step)), value(["case"], step.case, each(step)), ...loops(step)],
  set: (step) => [value(["values"], step.values)],
  script: (step) => [value(["with"], step.with)],
  section: () => [],
  end: (step) => [value(["outcome"], step.outcome)],
};

/** Every expression in a step. */
export function expressionsOf(step: Step): PlacedExpression[] {
  return (found[step.kind] as (step: Step) => Found)(step).filter((placed) => placed !== null);
}
