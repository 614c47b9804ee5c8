import { dnKey } from "../dn.ts";
import { bitAndRule, bitOrRule, type Filter, inChainRule } from "../filter.ts";
import { isDnAttribute, textKey } from "./entry.ts";

/** How a filter reads the entry it is applied to. */
export interface FilterView {
  readonly values: (attribute: string) => readonly string[];
  readonly dn: string;
  /** Whether a DN is reached from this entry by following an attribute, directly or over others. */
  readonly reaches: (attribute: string, dn: string) => boolean;
}

/** Whether an entry fits a filter; null is the standard's "undefined", which only `not` tells apart from false. */
export function matchesFilter(filter: Filter, view: FilterView): boolean | null {
  switch (filter.kind) {
    case "and":
      return filter.filters.reduce<boolean | null>((so, part) => (so === false ? false : both(so, matchesFilter(part, view))), true);
    case "or":
      return filter.filters.reduce<boolean | null>((so, part) => (so === true ? true : either(so, matchesFilter(part, view))), false);
    case "not": {
      const inner = matchesFilter(filter.filter, view);
      return inner === null ? null : !inner;
    }
    case "present":
      return view.values(filter.attribute).length > 0;
    case "equals":
    case "approximately":
      return view.values(filter.attribute).some((value) => equal(filter.attribute, value, filter.value));
    case "at-least":
      return view.values(filter.attribute).some((value) => order(value, filter.value) >= 0);
    case "at-most":
      return view.values(filter.attribute).some((value) => order(value, filter.value) <= 0);
    case "substrings":
      return isDnAttribute(filter.attribute) ? null : view.values(filter.attribute).some((value) => contains(value, filter));
    case "extensible":
      return extensible(filter, view);
  }
}

const both = (one: boolean | null, other: boolean | null) => (one === false || other === false ? false : one === null || other === null ? null : true);
const either = (one: boolean | null, other: boolean | null) => (one === true || other === true ? true : one === null || other === null ? null : false);

function equal(attribute: string, value: string, wanted: string): boolean {
  if (!isDnAttribute(attribute)) return textKey(value) === textKey(wanted);
  const key = dnKey(wanted);
  if (key !== null && key !== "") return dnKey(value) === key;
  return attribute.toLowerCase() === "objectcategory" && textKey(value).startsWith(`cn=${textKey(wanted)},`);
}

function order(value: string, wanted: string): number {
  const number = /^-?\d+$/;
  if (number.test(value) && number.test(wanted)) return Number(value) - Number(wanted);
  const one = textKey(value);
  const other = textKey(wanted);
  return one < other ? -1 : one > other ? 1 : 0;
}

function contains(value: string, filter: Filter & { kind: "substrings" }): boolean {
  const text = textKey(value);
  const initial = (filter.initial ?? "").toLowerCase();
  const final = (filter.final ?? "").toLowerCase();
  if (!text.startsWith(initial) || !text.endsWith(final)) return false;
  let at = initial.length;
  for (const part of filter.any) {
    const found = text.indexOf(part.toLowerCase(), at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + final.length <= text.length;
}

function extensible(filter: Filter & { kind: "extensible" }, view: FilterView): boolean | null {
  const { attribute, rule, value } = filter;
  if (attribute === undefined) return null;
  if (rule === undefined) return view.values(attribute).some((candidate) => equal(attribute, candidate, value));
  if (rule === inChainRule) return view.reaches(attribute, value);
  if (rule !== bitAndRule && rule !== bitOrRule) return null;
  if (!/^\d{1,19}$/.test(value)) return null;
  const mask = BigInt(value);
  return view.values(attribute).some((candidate) => {
    if (!/^-?\d{1,19}$/.test(candidate)) return false;
    const bits = BigInt.asUintN(64, BigInt(candidate)) & mask;
    return rule === bitAndRule ? bits === mask : bits !== 0n;
  });
}
