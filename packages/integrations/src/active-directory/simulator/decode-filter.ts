import type { Filter } from "../filter.ts";
import { type Block, booleanOf, childrenOf, contextTag, MalformedBer, textOf } from "./ber.ts";

/** Reads a search filter (RFC 4511, section 4.5.1.7). */
export function decodeFilter(block: Block | undefined): Filter {
  switch (contextTag(block)) {
    case 0:
      return { kind: "and", filters: childrenOf(block).map(decodeFilter) };
    case 1:
      return { kind: "or", filters: childrenOf(block).map(decodeFilter) };
    case 2:
      return { kind: "not", filter: decodeFilter(childrenOf(block)[0]) };
    case 3:
      return { kind: "equals", ...assertion(block) };
    case 4:
      return substrings(block);
    case 5:
      return { kind: "at-least", ...assertion(block) };
    case 6:
      return { kind: "at-most", ...assertion(block) };
    case 7:
      return { kind: "present", attribute: textOf(block) };
    case 8:
      return { kind: "approximately", ...assertion(block) };
    case 9:
      return extensible(block);
    default:
      throw new MalformedBer("There is no such filter.");
  }
}

function assertion(block: Block | undefined): { readonly attribute: string; readonly value: string } {
  const [attribute, value] = childrenOf(block);
  return { attribute: textOf(attribute), value: textOf(value) };
}

function substrings(block: Block | undefined): Filter {
  const [attribute, parts] = childrenOf(block);
  const texts = (tag: number) =>
    childrenOf(parts)
      .filter((part) => contextTag(part) === tag)
      .map(textOf);
  const [initial] = texts(0);
  const [final] = texts(2);
  return { kind: "substrings", attribute: textOf(attribute), any: texts(1), ...(initial === undefined ? {} : { initial }), ...(final === undefined ? {} : { final }) };
}

function extensible(block: Block | undefined): Filter {
  const part = (tag: number) => childrenOf(block).find((child) => contextTag(child) === tag);
  const rule = part(1);
  const attribute = part(2);
  const dnAttributes = part(4);
  return {
    kind: "extensible",
    ...(rule === undefined ? {} : { rule: textOf(rule) }),
    ...(attribute === undefined ? {} : { attribute: textOf(attribute) }),
    value: textOf(part(3)),
    dnAttributes: dnAttributes !== undefined && booleanOf(dnAttributes),
  };
}
