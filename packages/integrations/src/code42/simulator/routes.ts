import { addNote, queryAlerts, queryDetails, updateState } from "./alert-routes.ts";
import type { Asked } from "./asked.ts";
import { searchFileEvents } from "./file-event-routes.ts";
import { changeIncluded, createWatchlist, findUsers, includedUsers, listWatchlists, updateRiskProfile } from "./people-routes.ts";

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** The actions that send it, for faults. */
  readonly operations: readonly string[];
  readonly answer: (asked: Asked) => Promise<Response>;
}

/** Every endpoint but the token's. */
export const routes: readonly Route[] = [
  {
    method: "GET",
    path: /^\/v1\/customer$/,
    operations: [],
    answer: async ({ tenant }) => Response.json({ name: "QRST Inc.", tenantId: tenant.seed.tenantId, registrationKey: "0000-0000" }),
  },
  { method: "POST", path: /^\/v1\/alerts\/query-alerts$/, operations: ["list-alerts"], answer: queryAlerts },
  { method: "POST", path: /^\/v1\/alerts\/query-details$/, operations: ["get-alert"], answer: queryDetails },
  { method: "POST", path: /^\/v1\/alerts\/update-state$/, operations: ["resolve-alert"], answer: updateState },
  { method: "POST", path: /^\/v1\/alerts\/add-note$/, operations: ["add-alert-note"], answer: addNote },
  { method: "POST", path: /^\/v2\/file-events$/, operations: ["search-file-events"], answer: searchFileEvents },
  { method: "GET", path: /^\/v1\/users$/, operations: ["get-user"], answer: findUsers },
  { method: "GET", path: /^\/v1\/watchlists$/, operations: [], answer: listWatchlists },
  { method: "POST", path: /^\/v1\/watchlists$/, operations: [], answer: createWatchlist },
  { method: "GET", path: /^\/v1\/watchlists\/([^/]+)\/included-users$/, operations: [], answer: includedUsers },
  { method: "POST", path: /^\/v1\/watchlists\/([^/]+)\/included-users\/add$/, operations: ["add-departing-employee"], answer: (asked) => changeIncluded(asked, "add") },
  { method: "POST", path: /^\/v1\/watchlists\/([^/]+)\/included-users\/delete$/, operations: ["remove-departing-employee"], answer: (asked) => changeIncluded(asked, "delete") },
  { method: "PATCH", path: /^\/v1\/user-risk-profiles\/([^/]+)$/, operations: [], answer: updateRiskProfile },
];

export function operationsOf(method: string, pathname: string): readonly string[] {
  return routes.find((route) => route.method === method && route.path.test(pathname))?.operations ?? [];
}
