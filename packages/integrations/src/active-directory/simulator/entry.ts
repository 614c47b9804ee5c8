/** An entry of the simulated directory; attribute names are looked up in lower case. */
export interface Entry {
  readonly dn: string;
  readonly key: string;
  readonly attributes: Map<string, { readonly name: string; readonly values: readonly string[] }>;
}

/** Attributes whose values are names of entries. */
const dnAttributes = new Set(["distinguishedname", "manager", "directreports", "member", "memberof", "objectcategory"]);

export const isDnAttribute = (attribute: string): boolean => dnAttributes.has(attribute.toLowerCase());

/** The form in which two text values are compared (caseIgnoreMatch). */
export const textKey = (value: string): string => value.trim().replace(/\s+/g, " ").toLowerCase();
