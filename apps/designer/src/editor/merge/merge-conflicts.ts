import { type Json, type MergeConflict, type Playbook, pointerOf, pointerSegments, type Step } from "@drawbridge/playbook";
import { conceal } from "../../compare/conceal.ts";
import { playbookFieldLabel, stepFieldLabel } from "../../compare/field-labels.ts";
import { type FieldRow, inputAt, stepRows } from "../../compare/field-rows.ts";
import { type Names, type ShownValue, shownValue } from "../../compare/shown-value.ts";
import type { StepCatalog } from "../../steps/step-catalog.ts";

/** What one side has: nothing, a value, or a whole step as what it changed. */
export type ConflictSide = { readonly kind: "none" } | { readonly kind: "value"; readonly value: ShownValue } | { readonly kind: "step"; readonly rows: readonly FieldRow[] };

/** A conflict in the words of the inspector. */
export interface NamedConflict {
  readonly pointer: string;
  /** The step that it is about; null of the playbook itself. */
  readonly step: { readonly id: string; readonly step: Step | null } | null;
  readonly title: string;
  readonly field: string;
  readonly base: ConflictSide;
  readonly mine: ConflictSide;
  readonly theirs: ConflictSide;
}

export interface MergeSides {
  readonly base: Playbook;
  readonly mine: Playbook;
  readonly theirs: Playbook;
}

/** Names what a conflict is about; where its pointer leads nowhere, by its path. */
export function namedConflict(conflict: MergeConflict, sides: MergeSides, catalog: StepCatalog): NamedConflict {
  const { base, mine, theirs } = sides;
  const stepOf = (id: string): Step | null => [mine, theirs, base].find(({ steps }) => Object.hasOwn(steps, id))?.steps[id] ?? null;
  const names: Names = { catalog, stepName: (id) => stepOf(id)?.name ?? id };
  const { pointer } = conflict;
  if (conflict.step === null) {
    const side = (value: Json | undefined): ConflictSide => valueSide(pointer, value, (each) => conceal(each, lastOf(pointer), undefined, false), names);
    const field = playbookFieldLabel(pointer, mine as unknown as Json);
    return { pointer, step: null, title: "The playbook itself", field, base: side(conflict.base), mine: side(conflict.mine), theirs: side(conflict.theirs) };
  }
  const id = conflict.step;
  const step = stepOf(id);
  const within = pointerOf(pointerSegments(pointer).slice(2));
  const about = { pointer, step: { id, step }, title: step?.name ?? id };
  if (within === "") {
    const was = asStep(conflict.base);
    const side = (value: Json | undefined): ConflictSide => {
      const is = asStep(value);
      return is ? { kind: "step", rows: stepRows(was === is ? null : was, is, names) } : { kind: "none" };
    };
    return {
      ...about,
      field: "The whole step",
      base: was ? { kind: "step", rows: stepRows(null, was, names) } : { kind: "none" },
      mine: side(conflict.mine),
      theirs: side(conflict.theirs),
    };
  }
  const input = step && inputAt(step, within, names);
  const side = (value: Json | undefined) => valueSide(within, value, (each) => conceal(each, lastOf(within), input?.shape, input?.secret ?? false), names);
  const field = step ? stepFieldLabel(within, step, catalog) : pointerSegments(within).join(" › ");
  return { ...about, field, base: side(conflict.base), mine: side(conflict.mine), theirs: side(conflict.theirs) };
}

const asStep = (value: Json | undefined): Step | null => (value === undefined ? null : (value as unknown as Step));
const lastOf = (pointer: string) => pointerSegments(pointer).at(-1) ?? "";

const valueSide = (pointer: string, value: Json | undefined, hide: (value: Json) => Json, names: Names): ConflictSide =>
  value === undefined ? { kind: "none" } : { kind: "value", value: shownValue(pointer, hide(value), names) };
