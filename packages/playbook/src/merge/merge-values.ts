import { commonKeys, keyedList } from "../compare/keyed-list.ts";
import { isList, isObject, type JsonObject, ownValue, sameJson } from "../compare/same-json.ts";
import type { Json } from "../json.ts";
import { pointerOf } from "../pointer.ts";

export type Side = "mine" | "theirs";

/** Both sides changed the same, differently. `pointer` goes into the playbook; elements of lists are named by what tells them apart. A side that has no such value is left out. */
export interface MergeConflict {
  readonly pointer: string;
  /** The step that it is about; null for the playbook's own fields and its notes. */
  readonly step: string | null;
  readonly base?: Json;
  readonly mine?: Json;
  readonly theirs?: Json;
}

/** What a merge under way has found, and how the person decides. */
export interface Merging {
  readonly choose: (pointer: string) => Side;
  readonly conflicts: MergeConflict[];
}

export type Three = readonly [base: Json | undefined, mine: Json | undefined, theirs: Json | undefined];
type Path = readonly string[];

/** Lists in which only what they hold counts. */
const sets = new Set(["next", "start", "tags"]);
/** JsonLogic is one thing: half of one condition and half of another mean neither. */
const wholes = new Set(["when", "until", "items"]);

/** The value with the changes of both sides; undefined is none. Where both changed the same differently it is a conflict, and the chosen side's. */
export function mergeValues(values: Three, at: Path, merging: Merging): Json | undefined {
  const [base, mine, theirs] = values;
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine;
  if (sameJson(base, mine)) return theirs;
  const name = at.at(-1) ?? "";
  if (!wholes.has(name) && isPlain(mine) && isPlain(theirs) && (base === undefined || isPlain(base))) return mergeObjects([base, mine, theirs], at, merging);
  if (sets.has(name) && isList(mine) && isList(theirs)) return mergeSets(isList(base) ? base : [], mine, theirs);
  const keyed = mergeKeyed(values, at, merging);
  return keyed === null ? conflicting(values, at, merging) : keyed;
}

const isPlain = (value: Json | undefined): value is JsonObject => isObject(value) && !Object.hasOwn(value, "$logic");

/** The chosen side of what cannot be merged. */
export function conflicting([base, mine, theirs]: Three, at: Path, merging: Merging): Json | undefined {
  const pointer = pointerOf(at);
  const sides = { ...(base === undefined ? {} : { base }), ...(mine === undefined ? {} : { mine }), ...(theirs === undefined ? {} : { theirs }) };
  merging.conflicts.push({ pointer, step: at[0] === "steps" ? (at[1] ?? null) : null, ...sides });
  return merging.choose(pointer) === "mine" ? mine : theirs;
}

function mergeObjects([base, mine, theirs]: readonly [JsonObject | undefined, JsonObject, JsonObject], at: Path, merging: Merging): JsonObject {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const entries = keys.map((key) => [key, mergeValues([ownValue(base, key), ownValue(mine, key), ownValue(theirs, key)], [...at, key], merging)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function mergeSets(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[]): Json[] {
  const stays = mine.filter((each) => theirs.includes(each) || !base.includes(each));
  return [...stays, ...theirs.filter((each) => !base.includes(each) && !mine.includes(each))];
}

/** Lists whose elements a key tells apart; null when they are none, or both sides have put them in another order. */
function mergeKeyed(values: Three, at: Path, merging: Merging): Json | null {
  const [base, mine, theirs] = values.map((value) => keyedList(at.at(-1), value ?? [])) as (ReadonlyMap<string, JsonObject> | null)[];
  if (!base || !mine || !theirs || values[1] === undefined || values[2] === undefined) return null;
  const order = (side: ReadonlyMap<string, JsonObject>) => commonKeys(side, base, mine, theirs).join("\n");
  const [mineMoved, theirsMoved] = [order(mine) !== order(base), order(theirs) !== order(base)];
  if (mineMoved && theirsMoved && order(mine) !== order(theirs)) return null;
  const [first, second] = theirsMoved ? [theirs, mine] : [mine, theirs];
  const keys = [...first.keys()];
  const others = [...second.keys()];
  others.forEach((key, index) => {
    if (!keys.includes(key)) keys.splice(index === 0 ? 0 : keys.indexOf(others[index - 1] ?? "") + 1, 0, key);
  });
  return keys.flatMap((key) => mergeValues([base.get(key), mine.get(key), theirs.get(key)], [...at, key], merging) ?? []);
}
