import type { RunQuery } from "@drawbridge/protocol";
import type { Parts } from "../api/call.ts";

type Asked = NonNullable<Parts<"getRunStats">["query"]>;

const hour = 3_600_000;
const spanMs: { readonly [Span in NonNullable<RunQuery["span"]>]: number } = { "1h": hour, "24h": 24 * hour, "7d": 7 * 24 * hour, "30d": 30 * 24 * hour };

export const spanWords: { readonly [Span in NonNullable<RunQuery["span"]>]: string } = { "1h": "Last hour", "24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days" };

/** What the address asks for, as the server is asked. */
export function askedOf({ show, span, search, ...rest }: RunQuery, now: number): Asked {
  const attention = show === "asks" || show === "in-doubt" ? show : undefined;
  return {
    ...rest,
    search: search || undefined,
    ...(span !== undefined && { from: new Date(now - spanMs[span]).toISOString() }),
    ...(attention === undefined ? { status: show === "asks" || show === "in-doubt" ? undefined : show } : { attention }),
  };
}

/** The query without what is empty, so that the same search has one address. */
export const tidy = (query: RunQuery): RunQuery => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== "")) as RunQuery;

/** How many filters are set beside words and state. */
export const filtersSet = ({ search: _search, show: _show, ...rest }: RunQuery): number => Object.keys(tidy(rest)).length;

/** Whether two queries ask for the same. */
export const sameQuery = (one: RunQuery, other: RunQuery): boolean => {
  const text = (query: RunQuery) => JSON.stringify(Object.entries(tidy(query)).sort());
  return text(one) === text(other);
};
