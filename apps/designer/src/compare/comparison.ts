import { diffPlaybooks, diffValues, type FieldChange, type Json, type Playbook, pointerSegments, unitePlaybooks } from "@drawbridge/playbook";
import { flowOrder } from "../canvas/flow-order.ts";
import { groupPrefix } from "../canvas/groups.ts";
import { notePrefix } from "../canvas/nodes.ts";
import { startId } from "../canvas/scene.ts";
import type { ChangeKind } from "../canvas/step-view.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { type FieldRow, plainRows, stepRows } from "./field-rows.ts";
import type { Names } from "./shown-value.ts";

export const changeKinds: readonly ChangeKind[] = ["added", "removed", "changed", "moved"];

/** One entry in the list of changes. `step`, `note` and `group` say what the canvas shows of it; none of them is the playbook itself. */
export interface Change {
  /** Unique, and stable in addresses: "step:isolate", "playbook:inputs". */
  readonly key: string;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly about: "playbook" | "step" | "note" | "group";
  /** Of the step, the note or the group; of the playbook, which part. */
  readonly id: string;
  readonly rows: readonly FieldRow[];
}

/** Two versions, and everything that differs, in the order of the flow. */
export interface Comparison {
  readonly before: Playbook;
  readonly after: Playbook;
  /** Both in one, to be drawn. */
  readonly united: Playbook;
  readonly changes: readonly Change[];
  /** Of a step, a note or a group, by its id on the canvas. */
  readonly kindOf: (canvasId: string) => ChangeKind | undefined;
  readonly edgeKind: (from: string, way: string, to: string) => "added" | "removed" | undefined;
}

/** Compares two versions of a playbook for a person. */
export function compare(before: Playbook, after: Playbook, catalog: StepCatalog): Comparison {
  const diff = diffPlaybooks(before, after);
  const united = unitePlaybooks(before, after);
  const names: Names = { catalog, stepName: (id) => (after.steps[id] ?? before.steps[id])?.name ?? id };
  const kinds = new Map<string, ChangeKind>([
    ...diff.moved.map((id) => [id, "moved"] as const),
    ...diff.changed.flatMap(({ step }) => (step === null ? [] : [[step, "changed"] as const])),
    ...diff.added.map((id) => [id, "added"] as const),
    ...diff.removed.map((id) => [id, "removed"] as const),
  ]);
  const edges = new Map<string, "added" | "removed">();
  const mark = (kind: "added" | "removed") => {
    for (const { from, way, to } of diff.ways[kind]) edges.set(edgeKey(from ?? startId, from === null ? "start" : way, to), kind);
  };
  mark("removed");
  mark("added");
  const own = diff.changed.find(({ step }) => step === null)?.fields ?? [];
  const changes = [
    ...partsOf(own, before, after, names),
    ...flowOrder(united).flatMap((id) => stepChange(id, kinds.get(id), before, after, names) ?? []),
    ...diff.groups.map((id) => otherChange("group", id, before.groups?.[id], after.groups?.[id], names)),
    ...diff.notes.map((id) => otherChange("note", id, before.notes?.[id], after.notes?.[id], names)),
  ];
  for (const change of changes) kinds.set(canvasIdOf(change) ?? "", change.kind);
  return {
    before,
    after,
    united,
    changes,
    kindOf: (id) => kinds.get(id),
    edgeKind: (from, way, to) => edges.get(edgeKey(from, way, to)),
  };
}

/** What the canvas shows of a change; null of the playbook's own. */
export const canvasIdOf = ({ about, id }: Pick<Change, "about" | "id">): string | null => ({ playbook: null, step: id, note: notePrefix + id, group: groupPrefix + id })[about];

const edgeKey = (from: string, way: string, to: string) => JSON.stringify([from, way, to]);

/** What the playbook's own fields are told in, in this order; all others are details, and called by what they are. */
const partTitles: { readonly [part: string]: string } = {
  details: "",
  inputs: "Inputs",
  outputs: "Outputs",
  triggers: "Triggers",
  start: "Where a run begins",
  extensions: "Extensions",
};

/** The playbook's own fields, by what they belong to. */
function partsOf(fields: readonly FieldChange[], before: Playbook, after: Playbook, names: Names): Change[] {
  const partOf = ({ pointer }: FieldChange) => {
    const [field = ""] = pointerSegments(pointer);
    return Object.hasOwn(partTitles, field) ? field : "details";
  };
  return Object.entries(partTitles).flatMap(([id, title]): Change[] => {
    const own = fields.filter((field) => partOf(field) === id);
    if (own.length === 0) return [];
    const rows = plainRows(own, before as unknown as Json, after as unknown as Json, names);
    return [{ key: `playbook:${id}`, kind: "changed", title: title || rows.map(({ label }) => label).join(", "), about: "playbook", id, rows }];
  });
}

function stepChange(id: string, kind: ChangeKind | undefined, before: Playbook, after: Playbook, names: Names): Change | null {
  if (!kind) return null;
  const rows = kind === "moved" ? [] : stepRows(before.steps[id] ?? null, after.steps[id] ?? null, names);
  return { key: `step:${id}`, kind, title: names.stepName(id), about: "step", id, rows };
}

type Note = NonNullable<Playbook["notes"]>[string];
type Group = NonNullable<Playbook["groups"]>[string];

/** A note or a group; one that only stands elsewhere, or is only folded, counts as moved. */
function otherChange(about: "note" | "group", id: string, before: Note | Group | undefined, after: Note | Group | undefined, names: Names): Change {
  const [was, is] = [meaning(before), meaning(after)];
  const fields = diffValues(was ?? {}, is ?? {});
  const kind = !before ? "added" : !after ? "removed" : fields.length === 0 ? "moved" : "changed";
  const shown = after ?? before;
  const title = shown && "text" in shown ? `Note: ${firstLine(shown.text)}` : `Group: ${shown?.name ?? id}`;
  return { key: `${about}:${id}`, kind, title, about, id, rows: plainRows(fields, was ?? {}, is ?? {}, names) };
}

const meaning = (each: Note | Group | undefined): Json | undefined => each && ("text" in each ? { text: each.text } : { name: each.name, steps: each.steps });

function firstLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line || "empty";
}

/** How many changes there are of each kind. */
export function countsOf(changes: readonly Pick<Change, "kind">[]): { readonly [Kind in ChangeKind]: number } {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** "2 added, 1 removed, 3 changed"; "nothing" when none. */
export function countsText(counts: { readonly [Kind in ChangeKind]: number }): string {
  const words = { added: "added", removed: "removed", changed: "changed", moved: "only moved" };
  return changeKinds.flatMap((kind) => (counts[kind] > 0 ? [`${counts[kind].toLocaleString()} ${words[kind]}`] : [])).join(", ") || "nothing";
}
