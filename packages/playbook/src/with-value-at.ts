import type { Json } from "./json.ts";

/** A copy of a value in which the part at a path is another; undefined removes it. Objects that are missing on the way are made. Null when the path leads nowhere. */
export function withValueAt(whole: Json, path: readonly (string | number)[], part: Json | undefined): Json | null {
  const [first, ...rest] = path;
  if (first === undefined) return part ?? null;
  if (typeof whole !== "object" || whole === null) return null;
  if (Array.isArray(whole)) return inList(whole as readonly Json[], Number(first), rest, part);
  const key = String(first);
  const object = whole as { readonly [key: string]: Json };
  if (rest.length > 0) {
    const below = withValueAt(Object.hasOwn(object, key) ? (object[key] ?? null) : {}, rest, part);
    return below === null ? null : { ...object, [key]: below };
  }
  if (part !== undefined) return { ...object, [key]: part };
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function inList(list: readonly Json[], at: number, rest: readonly (string | number)[], part: Json | undefined): Json | null {
  if (!Number.isInteger(at) || at < 0 || at > list.length) return null;
  if (rest.length === 0) return part === undefined ? list.filter((_each, index) => index !== at) : list.toSpliced(at, 1, part);
  const below = withValueAt(list[at] ?? null, rest, part);
  return below === null ? null : list.toSpliced(at, 1, below);
}
