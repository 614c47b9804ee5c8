import { commonKeys, keyedList } from "./compare/keyed-list.ts";
import { isList, isObject, ownValue, sameJson } from "./compare/same-json.ts";
import type { Json } from "./json.ts";
import type { Playbook } from "./playbook.ts";
import { pointerOf } from "./pointer.ts";
import { waysOf } from "./ways.ts";

/** One field that differs; a side that has no such field is left out. */
export interface FieldChange {
  /** Into the step, or into the playbook for its own fields; an index counts in the side that has it, the later one first. */
  readonly pointer: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** One connection; `from` null is the start. */
export interface Connection {
  readonly from: string | null;
  readonly way: string;
  readonly to: string;
}

/** What differs between two playbooks. `changed` with step null are the playbook's own fields; `moved` are steps that only stand elsewhere. */
export interface PlaybookDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly step: string | null; readonly fields: readonly FieldChange[] }[];
  /** Connections, also those of added and removed steps. */
  readonly ways: { readonly added: readonly Connection[]; readonly removed: readonly Connection[] };
  readonly moved: readonly string[];
  /** Notes added, removed or changed; they mean nothing to a run. */
  readonly notes: readonly string[];
  /** Groups added, removed or changed; they too mean nothing to a run. */
  readonly groups: readonly string[];
}

type Path = readonly (string | number)[];

function fieldsOf(before: Json | undefined, after: Json | undefined, at: Path): FieldChange[] {
  if (sameJson(before, after)) return [];
  if (isObject(before) && isObject(after) && !Object.hasOwn(before, "$logic") && !Object.hasOwn(after, "$logic"))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      key === "when" || key === "until" ? whole(ownValue(before, key), ownValue(after, key), [...at, key]) : fieldsOf(ownValue(before, key), ownValue(after, key), [...at, key]),
    );
  const byKey = keyedFields(before, after, at);
  if (byKey) return byKey;
  if (isList(before) && isList(after) && before.length === after.length && before.every(isObject))
    return before.flatMap((each, index) => fieldsOf(each, after[index], [...at, index]));
  return whole(before, after, at);
}

/** What differs between two values, field by field, as in `diffPlaybooks`; pointers go into the values. */
export const diffValues = (before: Json | undefined, after: Json | undefined): FieldChange[] => fieldsOf(before, after, []);

/** JsonLogic and plain values differ as a whole. */
const whole = (before: Json | undefined, after: Json | undefined, at: Path): FieldChange[] =>
  sameJson(before, after) ? [] : [{ pointer: pointerOf(at), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];

/** Elements that a key tells apart are compared with their like, unless those that stay stand in another order; null for other lists. */
function keyedFields(before: Json | undefined, after: Json | undefined, at: Path): FieldChange[] | null {
  const [was, is] = [keyedList(at.at(-1), before), keyedList(at.at(-1), after)];
  if (!was || !is) return null;
  if (commonKeys(was, is).join("\n") !== commonKeys(is, was).join("\n")) return whole(before, after, at);
  const [wasKeys, isKeys] = [[...was.keys()], [...is.keys()]];
  return [...new Set([...isKeys, ...wasKeys])].flatMap((key) => fieldsOf(was.get(key), is.get(key), [...at, is.has(key) ? isKeys.indexOf(key) : wasKeys.indexOf(key)]));
}

const own = ["steps", "layout", "notes", "groups"];
const rest = (playbook: Playbook): Json => Object.fromEntries(Object.entries(playbook).filter(([key]) => !own.includes(key))) as Json;
const differing = (before: object, after: object): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !sameJson((before as { [key: string]: Json })[key], (after as { [key: string]: Json })[key]));

/** Every connection of a playbook. */
export function connectionsIn(playbook: Playbook): Connection[] {
  const ofSteps = Object.entries(playbook.steps).flatMap(([from, step]) => waysOf(step).flatMap((way) => way.next.map((to) => ({ from, way: way.id, to }))));
  return [...playbook.start.map((to) => ({ from: null, way: "next", to })), ...ofSteps];
}

const nameOf = ({ from, way, to }: Connection) => JSON.stringify([from, way, to]);

function missing(all: readonly Connection[], among: readonly Connection[]): Connection[] {
  const known = new Set(among.map(nameOf));
  return all.filter((each) => !known.has(nameOf(each)));
}

/** What differs in meaning between two playbooks, field by field; the order of keys means nothing, and a move is told apart from a change. */
export function diffPlaybooks(before: Playbook, after: Playbook): PlaybookDiff {
  const stays = Object.keys(before.steps).filter((id) => Object.hasOwn(after.steps, id));
  const changed = [
    { step: null, fields: fieldsOf(rest(before), rest(after), []) },
    ...stays.map((id) => ({ step: id, fields: fieldsOf(before.steps[id] as unknown as Json, after.steps[id] as unknown as Json, []) })),
  ].filter(({ fields }) => fields.length > 0);
  const touched = new Set(changed.map(({ step }) => step));
  const [were, are] = [connectionsIn(before), connectionsIn(after)];
  return {
    added: Object.keys(after.steps).filter((id) => !Object.hasOwn(before.steps, id)),
    removed: Object.keys(before.steps).filter((id) => !Object.hasOwn(after.steps, id)),
    changed,
    ways: { added: missing(are, were), removed: missing(were, are) },
    moved: differing(before.layout ?? {}, after.layout ?? {}).filter((id) => stays.includes(id) && !touched.has(id)),
    notes: differing(before.notes ?? {}, after.notes ?? {}),
    groups: differing(before.groups ?? {}, after.groups ?? {}),
  };
}
