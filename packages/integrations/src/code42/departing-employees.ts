import type { Code42Client } from "./client.ts";

const listType = "DEPARTING_EMPLOYEE";

/** The id of the departing-employee watchlist; null when the tenant has none yet. */
export async function departingEmployeesId(client: Code42Client, signal: AbortSignal): Promise<string | null> {
  const watchlists = await client.watchlists(null, signal);
  return watchlists.find((watchlist) => watchlist.listType === listType)?.watchlistId ?? null;
}

export async function createDepartingEmployees(client: Code42Client, signal: AbortSignal): Promise<string> {
  return (await client.createWatchlist(listType, signal)).watchlistId;
}

export async function isIncluded(client: Code42Client, watchlistId: string, userId: string, signal: AbortSignal): Promise<boolean> {
  return (await client.includedUsers(watchlistId, signal)).some((included) => included.userId === userId);
}
