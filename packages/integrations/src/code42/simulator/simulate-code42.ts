import { createFaultBook, faultResponse, type HttpSimulation, type Json, simulatorTransport } from "@drawbridge/integration-kit";
import { Code42Client } from "../client.ts";
import { code42Seed } from "./code42-seed.ts";
import { operationsOf, routes } from "./routes.ts";
import { sampleTenant } from "./sample-tenant.ts";
import { signIn, TokenDesk } from "./token-desk.ts";
import { Tenant } from "./tenant.ts";
import { problem, refuse } from "./vendor-problem.ts";

export interface RaiseAlert {
  /** Id of one of the seed's exposures; the first unless told. */
  readonly exposure?: string;
  /** A free one unless told. */
  readonly id?: string;
}

/** A simulated tenant; the same over a socket and in memory. */
export interface Code42Simulation extends HttpSimulation<Code42Client> {
  readonly credentials: { readonly clientId: string; readonly secret: string };
  /** What `raiseAlert` can raise. */
  readonly exposures: readonly { readonly id: string; readonly actor: string; readonly name: string }[];
  /** Lets someone copy files, now, and the tenant notice. */
  readonly raiseAlert: (request?: RaiseAlert) => { readonly id: string; readonly actor: string };
  /** How often a token was handed out. */
  readonly signIns: () => number;
  /** Ends every token at once, as a revoked API session does. */
  readonly revokeTokens: () => void;
}

/** Starts a tenant. A seed's top-level keys take the place of the sample's; null is the sample, QRST Inc. */
export function simulateCode42(seed: Json, clock: () => number): Code42Simulation {
  const tenant = new Tenant(code42Seed.parse({ ...sampleTenant, ...(seed as object | null) }), clock);
  const { clientId, secret, exposures } = tenant.seed;
  const faults = createFaultBook();
  const desk = new TokenDesk(tenant.seed, clock);
  const changes: { what: string; at: number }[] = [];
  const record = (what: string) => void changes.push({ what, at: clock() });
  let raised = 0;

  const handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const fault = faults.take(operationsOf(request.method, pathname));
    if (fault !== null) return faultResponse(fault, (status) => problem(status, "Simulated fault."));
    if (pathname === "/v1/oauth") return signIn(desk, request);
    if (!desk.accepts(request.headers.get("authorization"))) return refuse(401, "The bearer token is missing, wrong or expired.");
    for (const route of routes) {
      const match = route.method === request.method ? route.path.exec(pathname) : null;
      if (match !== null) return route.answer({ tenant, request, id: decodeURIComponent(match[1] ?? ""), record });
    }
    return refuse(404, `There is nothing at ${request.method} ${pathname}.`);
  };

  return {
    handle,
    credentials: { clientId, secret },
    client: () => new Code42Client({ transport: simulatorTransport(handle), clientId, secret, now: clock }),
    state: () => ({
      alerts: [...tenant.alerts.values()].map(({ id, exposure, state, note }) => ({ id, name: exposure.name, actor: exposure.actor, state, note: note?.message ?? null })),
      departingEmployees: tenant.watchlists
        .filter(({ listType }) => listType === "DEPARTING_EMPLOYEE")
        .flatMap(({ members }) => tenant.seed.users.filter(({ userId }) => members.has(userId)).map(({ username }) => username)),
      departures: Object.fromEntries(tenant.seed.users.flatMap(({ userId, username }) => lastDay(tenant.riskProfiles.get(userId)?.endDate, username))),
      fileEvents: tenant.fileEvents.length,
    }),
    changes: () => [...changes],
    fail: faults.add,
    exposures: exposures.map(({ id, actor, name }) => ({ id, actor, name })),
    raiseAlert: (wanted = {}) => {
      const exposure = wanted.exposure === undefined ? exposures[0] : exposures.find(({ id }) => id === wanted.exposure);
      if (exposure === undefined) throw new RangeError(`The tenant has no exposure ${wanted.exposure ?? "at all"}.`);
      raised += 1;
      const id = wanted.id ?? `b${String(clock()).padStart(15, "0")}-${String(raised).padStart(4, "0")}`;
      if (tenant.alerts.has(id)) throw new RangeError(`The tenant has an alert ${id} already.`);
      tenant.raise(id, exposure, clock());
      return { id, actor: exposure.actor };
    },
    signIns: () => desk.issued,
    revokeTokens: () => desk.revokeAll(),
  };
}

function lastDay(date: { readonly year: number; readonly month: number; readonly day: number } | undefined, username: string): [string, string][] {
  if (date === undefined) return [];
  return [[username, [date.year, date.month, date.day].map((part) => String(part).padStart(2, "0")).join("-")]];
}
