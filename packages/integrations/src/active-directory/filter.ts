/** An LDAP search filter (RFC 4511, section 4.5.1.7) as data. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  | { readonly kind: "equals" | "at-least" | "at-most" | "approximately"; readonly attribute: string; readonly value: string }
  | { readonly kind: "present"; readonly attribute: string }
  | { readonly kind: "substrings"; readonly attribute: string; readonly initial?: string; readonly any: readonly string[]; readonly final?: string }
  | { readonly kind: "extensible"; readonly attribute?: string; readonly rule?: string; readonly value: string; readonly dnAttributes: boolean };

/** `userAccountControl` and other bit fields: all of the bits are set. */
export const bitAndRule = "1.2.840.113556.1.4.803";
/** One of the bits is set. */
export const bitOrRule = "1.2.840.113556.1.4.804";
/** Follows a chain of DNs, e.g. nested groups. */
export const inChainRule = "1.2.840.113556.1.4.1941";

export const and = (...filters: readonly Filter[]): Filter => ({ kind: "and", filters });
export const or = (...filters: readonly Filter[]): Filter => ({ kind: "or", filters });
export const not = (filter: Filter): Filter => ({ kind: "not", filter });
export const equals = (attribute: string, value: string): Filter => ({ kind: "equals", attribute, value });

/** Escapes a value for the text of a filter, as RFC 4515 says. */
export function escapeValue(value: string): string {
  return value.replace(/[\\*()]/g, (character) => `\\${character.charCodeAt(0).toString(16)}`).replaceAll("\u0000", "\\00");
}

/** The filter as text (RFC 4515); every value is escaped. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case "and":
      return `(&${filter.filters.map(filterText).join("")})`;
    case "or":
      return `(|${filter.filters.map(filterText).join("")})`;
    case "not":
      return `(!${filterText(filter.filter)})`;
    case "equals":
      return `(${filter.attribute}=${escapeValue(filter.value)})`;
    case "at-least":
      return `(${filter.attribute}>=${escapeValue(filter.value)})`;
    case "at-most":
      return `(${filter.attribute}<=${escapeValue(filter.value)})`;
    case "approximately":
      return `(${filter.attribute}~=${escapeValue(filter.value)})`;
    case "present":
      return `(${filter.attribute}=*)`;
    case "substrings":
      return `(${filter.attribute}=${[filter.initial ?? "", ...filter.any, filter.final ?? ""].map(escapeValue).join("*")})`;
    case "extensible":
      return `(${filter.attribute ?? ""}${filter.dnAttributes ? ":dn" : ""}${filter.rule === undefined ? "" : `:${filter.rule}`}:=${escapeValue(filter.value)})`;
  }
}
