import * as z from "zod";

const filter = z.object({
  term: z.string(),
  operator: z.enum(["IS", "IS_NOT", "EXISTS", "DOES_NOT_EXIST", "GREATER_THAN", "LESS_THAN", "ON", "ON_OR_AFTER", "ON_OR_BEFORE"]),
  value: z.union([z.string(), z.number()]).nullish(),
});
const clause = z.enum(["AND", "OR"]);

/** The filter part of a query, as alerts and file events share it. */
export const filterGroups = { groupClause: clause.default("AND"), groups: z.array(z.object({ filterClause: clause.default("AND"), filters: z.array(filter).min(1) })).nullish() };
export type FilterQuery = z.output<z.ZodObject<typeof filterGroups>>;

/** A record's values by term; terms in lower case. */
export type Terms = Readonly<Record<string, string | number | null | readonly string[]>>;

/** Null when a filter names a term that does not exist, else whether the record matches. */
export function matchesGroups(query: FilterQuery, terms: Terms): boolean | null {
  const groups = query.groups ?? [];
  if (groups.some(({ filters }) => filters.some(({ term }) => terms[term.toLowerCase()] === undefined))) return null;
  const results = groups.map(({ filterClause, filters }) =>
    combine(
      filterClause,
      filters.map((one) => matches(one, terms[one.term.toLowerCase()] ?? null)),
    ),
  );
  return combine(query.groupClause, results);
}

function combine(how: z.output<typeof clause>, results: readonly boolean[]): boolean {
  return results.length === 0 || (how === "AND" ? results.every(Boolean) : results.some(Boolean));
}

function matches({ operator, value }: z.output<typeof filter>, actual: Terms[string]): boolean {
  const values = (Array.isArray(actual) ? actual : [actual]) as readonly (string | number | null)[];
  const same = (one: string | number | null) => one !== null && String(one).toLowerCase() === String(value).toLowerCase();
  const compare = (test: (difference: number) => boolean) => values.some((one) => one !== null && test(order(one) - order(value ?? "")));
  switch (operator) {
    case "IS":
      return values.some(same);
    case "IS_NOT":
      return !values.some(same);
    case "EXISTS":
      return values.some((one) => one !== null && one !== "");
    case "DOES_NOT_EXIST":
      return !values.some((one) => one !== null && one !== "");
    case "GREATER_THAN":
      return compare((difference) => difference > 0);
    case "LESS_THAN":
      return compare((difference) => difference < 0);
    case "ON":
      return values.some((one) => typeof one === "string" && one.slice(0, 10) === String(value).slice(0, 10));
    case "ON_OR_AFTER":
      return compare((difference) => difference >= 0);
    case "ON_OR_BEFORE":
      return compare((difference) => difference <= 0);
  }
}

function order(value: string | number): number {
  return typeof value === "number" ? value : /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value);
}
