import { type OperatorDoc, parsePath } from "@drawbridge/playbook";
import type { KnownPath } from "./known-paths.ts";
import { valueText } from "./value-text.ts";

/** One thing that can be put at the caret. */
export interface Offer {
  readonly label: string;
  /** A type's word, or "operator". */
  readonly type: string;
  /** Beside the label: its value in a run, else what it is. */
  readonly detail: string;
  readonly insert: string;
  /** Where the caret then stands in `insert`. */
  readonly caret: number;
  readonly about: OfferAbout;
}

/** What is told of an offer while it is chosen. */
export type OfferAbout = { readonly path: KnownPath } | { readonly operator: OperatorDoc };

export interface Offers {
  /** From where to the caret the text is replaced. */
  readonly from: number;
  readonly offers: readonly Offer[];
}

const most = 60;
const partial = /[\w$.@[\]"-]*$/;
const nothing = (from: number): Offers => ({ from, offers: [] });

/** What can be put at the caret of a text with `{{ }}`: paths, and operators after a `|`. Outside of braces a path brings its own. */
export function complete(text: string, caret: number, paths: readonly KnownPath[], operators: readonly OperatorDoc[]): Offers {
  const before = text.slice(0, caret);
  const open = before.lastIndexOf("{{");
  const inside = open !== -1 && !before.slice(open).includes("}}");
  const typed = partial.exec(inside ? before.slice(open + 2) : before)?.[0] ?? "";
  const from = caret - typed.length;
  if (inside && inQuotes(before.slice(open + 2))) return nothing(from);
  const after = text.slice(caret);
  if (inside && /\|\s*[^\s:|]*$/.test(before.slice(open)) && /\|\s*$/.test(before.slice(open, from))) return { from, offers: operatorOffers(typed, operators) };
  if (!inside && typed === "" && text !== "") return nothing(from);
  const closed = /^\s*\}\}/.test(after) || /^[^{]*\}\}/.test(after);
  const offers = pathOffers(typed, paths).map((offer) => {
    const insert = inside ? (closed ? offer.insert : `${offer.insert} }}`) : `{{ ${offer.insert} }}`;
    return { ...offer, insert, caret: inside ? offer.insert.length : insert.length - 3 };
  });
  return { from, offers };
}

/** What can be put at the caret of the inside of a `{{ }}`. */
export function completeInside(text: string, caret: number, paths: readonly KnownPath[], operators: readonly OperatorDoc[]): Offers {
  const { from, offers } = complete(`{{ ${text} }}`, caret + 3, paths, operators);
  return { from: from - 3, offers };
}

/** What can be put at the caret of JsonLogic text: a path where a text begins, an operator where a key does. */
export function completeLogic(text: string, caret: number, paths: readonly KnownPath[], operators: readonly OperatorDoc[]): Offers {
  const before = text.slice(0, caret);
  const opened = /"([^"\\\n]*)$/.exec(before);
  if (opened && quotesIn(before) % 2 === 1) {
    const typed = opened[1] ?? "";
    const from = caret - typed.length;
    const lead = before.slice(0, from - 1);
    if (/[{,]\s*$/.test(lead) && isKey(lead))
      return { from, offers: operatorOffers(typed, operators).map((offer) => ({ ...offer, insert: offer.label, caret: offer.label.length })) };
    return /"var"\s*:\s*(?:\[\s*)?$/.test(lead) ? { from, offers: pathOffers(typed, paths) } : nothing(from);
  }
  const typed = /[\w-]*$/.exec(before)?.[0] ?? "";
  const from = caret - typed.length;
  const lead = before.slice(0, from);
  if (/\{\s*$/.test(lead)) return { from, offers: operatorOffers(typed, operators).map((offer) => ({ ...offer, insert: `"${offer.label}": []`, caret: offer.label.length + 5 })) };
  if (/[[:,]\s*$/.test(lead) || lead.trim() === "")
    return {
      from,
      offers: pathOffers(typed, paths).map((offer) => {
        const insert = JSON.stringify({ var: offer.label });
        return { ...offer, insert, caret: insert.length };
      }),
    };
  return nothing(from);
}

/** What can be put at the caret of a JSON value: within the braces of its templates, and in its `$logic`. */
export function completeValue(text: string, caret: number, paths: readonly KnownPath[], operators: readonly OperatorDoc[]): Offers {
  const before = text.slice(0, caret);
  if (before.lastIndexOf("{{") > before.lastIndexOf("}}") && quotesIn(before) % 2 === 1) return complete(text, caret, paths, operators);
  return before.includes('"$logic"') ? completeLogic(text, caret, paths, operators) : nothing(caret);
}

/** The operator whose arguments the caret stands in, of a text with `{{ }}`; and which of them. */
export function operatorAt(text: string, caret: number, operators: readonly OperatorDoc[]): { readonly operator: OperatorDoc; readonly argument: number } | null {
  const open = text.slice(0, caret).lastIndexOf("{{");
  const within = text.slice(open + 2, caret);
  if (open === -1 || within.includes("}}")) return null;
  const part = /\|\s*([^\s:|,]+)\s*:([^|]*)$/.exec(within);
  const operator = part && operators.find(({ name }) => name === part[1]);
  if (!part || !operator) return null;
  const commas = (part[2] ?? "").replaceAll(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?/g, "").split(",").length;
  return { operator, argument: commas };
}

/** "default: value, other": how an operator is written after a `|`; the first operand is what is piped in. */
export const signatureOf = ({ name, parameters }: OperatorDoc): string => {
  const rest = parameters.slice(1).map((each) => `${each.name}${each.optional ? "?" : ""}${each.many ? "…" : ""}`);
  return rest.length > 0 ? `${name}: ${rest.join(", ")}` : name;
};

const pathOffers = (typed: string, paths: readonly KnownPath[]): Offer[] =>
  ranked(paths, typed, (each) => each.path).map((path) => ({
    label: path.path,
    type: path.type,
    detail: path.value === undefined ? path.description || path.from : valueText(path.value, 40),
    insert: path.path,
    caret: path.path.length,
    about: { path },
  }));

const operatorOffers = (typed: string, operators: readonly OperatorDoc[]): Offer[] =>
  ranked(operators, typed, (each) => each.name).map((operator) => {
    const insert = operator.parameters.slice(1).some((parameter) => !parameter.optional) ? `${operator.name}: ` : operator.name;
    return { label: operator.name, type: "operator", detail: operator.summary, insert, caret: insert.length, about: { operator } };
  });

const inQuotes = (inside: string): boolean =>
  /^(?:[^"']|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*(?:"(?:[^"\\]|\\.)*|'(?:[^'\\]|\\.)*)$/.test(inside) && !/\[\s*["'][^"']*$/.test(inside);
const quotesIn = (text: string): number => text.replaceAll(/\\./g, "").split('"').length - 1;

/** Whether what follows is a key, not an item: the innermost open bracket is a brace. */
function isKey(lead: string): boolean {
  let depth = 0;
  for (const character of [...lead.replaceAll(/"(?:[^"\\]|\\.)*"/g, "")].reverse()) {
    if (character === "}" || character === "]") depth += 1;
    else if (character === "{" || character === "[") {
      if (depth === 0) return character === "{";
      depth -= 1;
    }
  }
  return false;
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

/** Whether two ways to write a path mean the same. */
export const samePath = (text: string, path: readonly string[]): boolean => {
  const segments = parsePath(text);
  return segments.length === path.length && segments.every((segment, at) => segment === path[at]);
};
