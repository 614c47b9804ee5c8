import { sameJson } from "../compare/same-json.ts";
import { connectionsIn } from "../diff.ts";
import { applyEdit } from "../edits/apply-edit.ts";
import { freeStepId } from "../edits/free-id.ts";
import { mapWays } from "../edits/with-ways.ts";
import type { Json } from "../json.ts";
import { type Playbook, playbook as schema } from "../playbook.ts";
import { canonicalPlaybook } from "../serialize-playbook.ts";
import { type Step, step as stepSchema } from "../steps/registry.ts";
import { conflicting, type MergeConflict, type Merging, mergeValues, type Side, type Three } from "./merge-values.ts";

/** A merge of two changes of one playbook. The playbook is whole and valid whatever was chosen; `conflicts` are where a choice was needed. */
export interface PlaybookMerge {
  readonly playbook: Playbook;
  readonly conflicts: readonly MergeConflict[];
  /** Steps of mine whose id both sides gave to steps of their own: both are kept, mine under another id. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

type Steps = { readonly [id: string]: Step };
type Places = { readonly [id: string]: { readonly x: number; readonly y: number } };

/** Brings together what `mine` and `theirs` made of `base`. A conflict goes by its pointer's choice, else to mine. */
export function mergePlaybooks(base: Playbook, mine: Playbook, theirs: Playbook, choices: ReadonlyMap<string, Side> = new Map()): PlaybookMerge {
  const { playbook: own, renamed } = apart(base, mine, theirs);
  const merging: Merging = { choose: (pointer) => choices.get(pointer) ?? "mine", conflicts: [] };
  const steps = mergeSteps(base, own, theirs, merging);
  const ends = (next: readonly string[]) => (next.every((to) => Object.hasOwn(steps, to)) ? next : next.filter((to) => Object.hasOwn(steps, to)));
  const rest = mergeRest(base, own, theirs, merging);
  const layout = mergeLayout(base.layout ?? {}, own.layout ?? {}, theirs.layout ?? {}, steps);
  const merged = {
    ...rest,
    start: [...ends((rest["start"] ?? []) as readonly string[])],
    steps: Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, mapWays(step, ends)])),
    ...(Object.keys(layout).length > 0 ? { layout } : {}),
  } as Playbook;
  return { playbook: canonicalPlaybook(merged), conflicts: merging.conflicts, renamed };
}

/** Mine, with other ids for the steps that only share theirs with different new steps of the other side. */
function apart(base: Playbook, mine: Playbook, theirs: Playbook): { playbook: Playbook; renamed: { from: string; to: string }[] } {
  const renamed: { from: string; to: string }[] = [];
  let playbook = mine;
  for (const [id, step] of Object.entries(mine.steps)) {
    const other = Object.hasOwn(theirs.steps, id) && !Object.hasOwn(base.steps, id) ? theirs.steps[id] : undefined;
    if (!other || sameJson(step as unknown as Json, other as unknown as Json)) continue;
    const to = freeStepId({ ...playbook, steps: { ...base.steps, ...theirs.steps, ...playbook.steps } }, id);
    const made = applyEdit(playbook, { type: "change-step-id", params: { from: id, to } });
    if (!made.ok) continue;
    playbook = made.playbook;
    renamed.push({ from: id, to });
  }
  return { playbook, renamed };
}

function mergeSteps(base: Playbook, mine: Playbook, theirs: Playbook, merging: Merging): Steps {
  const fresh = { mine: freshTargets(base, mine), theirs: freshTargets(base, theirs) };
  const steps: Record<string, Step> = {};
  for (const id of new Set([...Object.keys(mine.steps), ...Object.keys(theirs.steps)])) {
    const three = [base, mine, theirs].map((side) => (Object.hasOwn(side.steps, id) ? side.steps[id] : undefined)) as unknown as Three;
    const used = (three[1] === undefined && fresh.theirs.has(id)) || (three[2] === undefined && fresh.mine.has(id));
    const step = used && three[0] !== undefined ? conflicting(three, ["steps", id], merging) : mergeStep(id, three, merging);
    if (step !== undefined) steps[id] = step as unknown as Step;
  }
  return steps;
}

/** Where a side's new connections lead. */
function freshTargets(base: Playbook, side: Playbook): ReadonlySet<string> {
  const known = new Set(connectionsIn(base).map(({ from, way, to }) => JSON.stringify([from, way, to])));
  return new Set(connectionsIn(side).flatMap(({ from, way, to }) => (known.has(JSON.stringify([from, way, to])) ? [] : [to])));
}

/** Of these fields a step has one. */
const alternatives: { readonly [kind: string]: readonly string[] } = { wait: ["for", "until", "signal"] };

function isStep(made: Json | undefined): boolean {
  const { success, data } = stepSchema.safeParse(made);
  return success && (alternatives[data.kind] ?? []).filter((field) => Object.hasOwn(data, field)).length <= 1;
}

/** Field by field; as a whole where the fields of both would make no step. */
function mergeStep(id: string, three: Three, merging: Merging): Json | undefined {
  const at = ["steps", id];
  const [base, mine, theirs] = three;
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine;
  if (sameJson(base, mine)) return theirs;
  const kinds = new Set(three.map((step) => (step as unknown as Step | undefined)?.kind));
  if (kinds.size > 1) return conflicting(three, at, merging);
  return mergeIfValid(three, at, merging, isStep);
}

/** The merge when it is valid whatever is chosen of it, else one conflict about the whole. */
function mergeIfValid(three: Three, at: readonly string[], merging: Merging, isValid: (made: Json | undefined) => boolean): Json | undefined {
  const made = (choose: Merging["choose"]) => {
    const trial: Merging = { choose, conflicts: [] };
    return { value: mergeValues(three, at, trial), conflicts: trial.conflicts };
  };
  const chosen = made(merging.choose);
  const all = [chosen, made(() => "mine"), made(() => "theirs")];
  if (!all.every(({ value }) => isValid(value))) return conflicting(three, at, merging);
  merging.conflicts.push(...chosen.conflicts);
  return chosen.value;
}

/** The playbook's own fields and its notes, each by itself. */
function mergeRest(base: Playbook, mine: Playbook, theirs: Playbook, merging: Merging): Record<string, Json> {
  const fields = schema.shape;
  const merged: Record<string, Json> = {};
  for (const key of Object.keys(fields) as (keyof typeof fields)[]) {
    if (key === "steps" || key === "layout") continue;
    const three = [base[key], mine[key], theirs[key]] as unknown as Three;
    const value = mergeIfValid(three, [key], merging, (made) => fields[key].safeParse(made).success);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** Places mean nothing to a run: mine where I moved the step, else theirs. */
function mergeLayout(base: Places, mine: Places, theirs: Places, steps: Steps): Places {
  const placeOf = (id: string) => {
    const [was, here, there] = [base[id], mine[id], theirs[id]];
    return here && (!there || !was || here.x !== was.x || here.y !== was.y) ? here : there;
  };
  return Object.fromEntries(Object.keys(steps).flatMap((id) => (placeOf(id) ? [[id, placeOf(id)] as const] : []))) as Places;
}
