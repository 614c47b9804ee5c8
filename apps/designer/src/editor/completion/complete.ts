import type { KnownPath } from "./known-paths.ts";

/** An operator as it is offered after `|`. */
export interface KnownOperator {
  readonly name: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly optional?: boolean }[];
}

export interface Offer {
  readonly label: string;
  readonly type: string;
  readonly detail: string;
  /** The whole text and the caret after taking it. */
  readonly text: string;
  readonly caret: number;
}

const most = 50;
const partial = /[\w$.@[\]"-]*$/;

/** What can be put at the caret: paths, and operators after a `|`. Outside of braces a path brings its own. */
export function complete(text: string, caret: number, paths: readonly KnownPath[], operators: readonly KnownOperator[]): Offer[] {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf("{{");
  const inside = open !== -1 && !before.slice(open).includes("}}");
  const typed = partial.exec(before)?.[0] ?? "";
  const start = caret - typed.length;
  const piped = inside && /\|\s*$/.test(before.slice(0, start));
  const after = text.slice(caret);
  const take = (insert: string) => ({ text: `${text.slice(0, start)}${insert}${after}`, caret: start + insert.length });
  if (piped)
    return ranked(operators, typed, (each) => each.name).map((each) => ({
      label: each.name,
      type: "op",
      detail: each.summary,
      ...take(each.parameters.slice(1).some((parameter) => !parameter.optional) ? `${each.name}: ` : each.name),
    }));
  if (!inside && typed === "" && text !== "") return [];
  return ranked(paths, typed, (each) => each.path).map((each) => {
    const closed = /^\s*(\||\}\})/.test(after) || after.includes("}}");
    const taken = inside ? take(closed ? each.path : `${each.path} }}`) : take(`{{ ${each.path} }}`);
    return { label: each.path, type: each.type, detail: each.description || each.from, ...taken };
  });
}

/** Those that hold what was typed: first the ones that begin with it, then the shortest. */
function ranked<Item>(items: readonly Item[], typed: string, textOf: (item: Item) => string): Item[] {
  const wanted = typed.toLowerCase();
  const score = (text: string): number => {
    const at = text.toLowerCase().indexOf(wanted);
    if (at === -1) return isSpread(text.toLowerCase(), wanted) ? 3 : Infinity;
    return at === 0 ? 0 : text[at - 1] === "." ? 1 : 2;
  };
  return items
    .map((item, index) => ({ item, index, score: score(textOf(item)) }))
    .filter((each) => each.score < Infinity && textOf(each.item) !== typed)
    .sort((a, b) => a.score - b.score || (wanted === "" ? a.index - b.index : textOf(a.item).length - textOf(b.item).length))
    .slice(0, most)
    .map((each) => each.item);
}

function isSpread(text: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
