import * as z from "zod";
import { filterGroups, matchesGroups, type Terms } from "./matches-groups.ts";
import type { StoredFileEvent } from "./stored-file-event.ts";
import type { StoredAlert, Tenant } from "./tenant.ts";
import { refuse } from "./vendor-problem.ts";

interface Asked {
  readonly tenant: Tenant;
  readonly request: Request;
  /** What the path's capture holds. */
  readonly id: string;
  readonly record: (what: string) => void;
}

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

/** The body by its schema, or the vendor's 400. */
async function read<Schema extends z.ZodType>({ request, tenant }: Asked, schema: Schema): Promise<{ readonly body: z.output<Schema> } | { readonly refusal: Response }> {
  let json: unknown;
  try {
    json = await request.json();
  } catch {
    return { refusal: refuse(400, "The body is not JSON.") };
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { refusal: refuse(400, parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")) };
  const { tenantId } = z.object({ tenantId: z.unknown().optional() }).parse(json);
  if (tenantId !== undefined && tenantId !== tenant.seed.tenantId) return { refusal: refuse(403, "The API client does not belong to this tenant.") };
  return { body: parsed.data };
}

const alertQuery = z.object({
  tenantId: z.string(),
  ...filterGroups,
  pgNum: z.int().min(0),
  pgSize: z.int().min(1).max(500),
  srtKey: z.string().default("CreatedAt"),
  srtDirection: z.enum(["asc", "desc", "ASC", "DESC"]).default("desc"),
});

async function queryAlerts(asked: Asked): Promise<Response> {
  const asking = await read(asked, alertQuery);
  if ("refusal" in asking) return asking.refusal;
  const { body } = asking;
  const matched = [...asked.tenant.alerts.values()].map((alert) => ({ alert, matches: matchesGroups(body, alertTerms(alert)) }));
  if (matched.some(({ matches }) => matches === null)) return refuse(400, "A filter names a term that does not exist.");
  const direction = body.srtDirection.toLowerCase() === "asc" ? 1 : -1;
  const found = matched.filter(({ matches }) => matches === true).sort((one, other) => direction * one.alert.createdAt.localeCompare(other.alert.createdAt));
  const page = found.slice(body.pgNum * body.pgSize, (body.pgNum + 1) * body.pgSize);
  return Response.json({ type$: "ALERT_QUERY_RESPONSE", alerts: page.map(({ alert }) => summary(asked.tenant, alert)), totalCount: found.length, problems: [] });
}

const alertIds = z.array(z.string()).min(1).max(100);

async function queryDetails(asked: Asked): Promise<Response> {
  const asking = await read(asked, z.object({ alertIds }));
  if ("refusal" in asking) return asking.refusal;
  const alerts = asking.body.alertIds.flatMap((id) => asked.tenant.alerts.get(id) ?? []);
  return Response.json({
    type$: "ALERT_DETAILS_RESPONSE",
    alerts: alerts.map((alert) => ({
      ...summary(asked.tenant, alert),
      type$: "ALERT_DETAILS",
      note: alert.note === null ? null : { type$: "NOTE", id: `${alert.id}-note`, ...alert.note },
      observations: [{ type$: "OBSERVATION", type: "FedEndpointExfiltration", ...alert.observation }],
    })),
  });
}

async function updateState(asked: Asked): Promise<Response> {
  const asking = await read(
    asked,
    z.object({ tenantId: z.string(), alertIds, state: z.enum(["OPEN", "IN_PROGRESS", "PENDING", "RESOLVED"]), note: z.string().max(2_000).nullish() }),
  );
  if ("refusal" in asking) return asking.refusal;
  const { body } = asking;
  const alerts = body.alertIds.map((id) => asked.tenant.alerts.get(id));
  if (alerts.some((alert) => alert === undefined)) return refuse(404, "An alert does not exist.");
  for (const alert of alerts) {
    if (alert === undefined) continue;
    asked.record(body.state === "RESOLVED" ? `resolve-alert ${alert.id}` : `update-state ${alert.id} ${body.state}`);
    alert.state = body.state;
    alert.stateLastModifiedAt = asked.tenant.now();
    if (typeof body.note === "string") alert.note = noteBy(asked.tenant, body.note);
  }
  return new Response("", { status: 200 });
}

async function addNote(asked: Asked): Promise<Response> {
  const asking = await read(asked, z.object({ tenantId: z.string(), alertId: z.string(), note: z.string().min(1).max(2_000) }));
  if ("refusal" in asking) return asking.refusal;
  const alert = asked.tenant.alerts.get(asking.body.alertId);
  if (alert === undefined) return refuse(404, "The alert does not exist.");
  asked.record(`add-alert-note ${alert.id}`);
  alert.note = noteBy(asked.tenant, asking.body.note);
  return new Response("", { status: 200 });
}

const fileEventQuery = z.object({
  ...filterGroups,
  pgNum: z.int().min(1).default(1),
  pgSize: z.int().min(1).max(10_000).default(100),
  srtKey: z.string().default("event.id"),
  srtDir: z.enum(["asc", "desc"]).default("asc"),
});

async function searchFileEvents(asked: Asked): Promise<Response> {
  const asking = await read(asked, fileEventQuery);
  if ("refusal" in asking) return asking.refusal;
  const { body } = asking;
  const matched = asked.tenant.fileEvents.map((event) => ({ event, matches: matchesGroups(body, fileEventTerms(event)) }));
  if (matched.some(({ matches }) => matches === null)) return refuse(400, "A filter names a term that does not exist.");
  const direction = body.srtDir === "asc" ? 1 : -1;
  const key = (event: StoredFileEvent) => (body.srtKey === "@timestamp" ? event["@timestamp"] : event.event.id);
  const found = matched.filter(({ matches }) => matches === true).sort((one, other) => direction * key(one.event).localeCompare(key(other.event)));
  const page = found.slice((body.pgNum - 1) * body.pgSize, body.pgNum * body.pgSize);
  return Response.json({ fileEvents: page.map(({ event }) => event), totalCount: found.length, nextPgToken: null, problems: null });
}

async function findUsers({ tenant, request }: Asked): Promise<Response> {
  const username = new URL(request.url).searchParams.get("username");
  const users = tenant.seed.users.filter((user) => username === null || user.username.toLowerCase() === username.toLowerCase());
  return Response.json({ users: users.map((user) => ({ ...user, orgId: "1001", orgName: "QRST Inc." })), totalCount: users.length });
}

async function listWatchlists({ tenant, request }: Asked): Promise<Response> {
  const userId = new URL(request.url).searchParams.get("user_id");
  const lists = tenant.watchlists.filter(({ members }) => userId === null || members.has(userId));
  return Response.json({
    watchlists: lists.map(({ watchlistId, listType, title, members }) => ({
      watchlistId,
      listType,
      title,
      tenantId: tenant.seed.tenantId,
      stats: { includedUsersCount: members.size },
    })),
    totalCount: lists.length,
  });
}

async function createWatchlist(asked: Asked): Promise<Response> {
  const asking = await read(asked, z.object({ watchlistType: z.string(), title: z.string().nullish() }));
  if ("refusal" in asking) return asking.refusal;
  const { watchlistType, title } = asking.body;
  if (watchlistType !== "CUSTOM" && asked.tenant.watchlists.some(({ listType }) => listType === watchlistType))
    return refuse(409, `The tenant has a ${watchlistType} watchlist already.`);
  asked.record(`create-watchlist ${watchlistType}`);
  const { watchlistId, listType } = asked.tenant.createWatchlist(watchlistType, title ?? watchlistType);
  return Response.json({ watchlistId, listType, title: title ?? null, tenantId: asked.tenant.seed.tenantId, stats: {} });
}

async function includedUsers({ tenant, id }: Asked): Promise<Response> {
  const list = tenant.watchlists.find(({ watchlistId }) => watchlistId === id);
  if (list === undefined) return refuse(404, "The watchlist does not exist.");
  const included = [...list.members].map(([userId, addedTime]) => ({ userId, username: tenant.seed.users.find((user) => user.userId === userId)?.username ?? null, addedTime }));
  return Response.json({ includedUsers: included, totalCount: included.length });
}

async function changeIncluded(asked: Asked, change: "add" | "delete"): Promise<Response> {
  const asking = await read(asked, z.object({ userIds: z.array(z.string()).min(1).max(100), watchlistId: z.string() }));
  if ("refusal" in asking) return asking.refusal;
  const { tenant, id } = asked;
  const list = tenant.watchlists.find(({ watchlistId }) => watchlistId === id);
  if (list === undefined || asking.body.watchlistId !== id) return refuse(404, "The watchlist does not exist.");
  if (asking.body.userIds.some((userId) => !tenant.seed.users.some((user) => user.userId === userId))) return refuse(400, "A user does not exist.");
  for (const userId of asking.body.userIds) {
    asked.record(`${change === "add" ? "add" : "remove"}-departing-employee ${userId}`);
    if (change === "add") list.members.set(userId, tenant.now());
    else list.members.delete(userId);
  }
  return new Response("", { status: 200 });
}

async function updateRiskProfile(asked: Asked): Promise<Response> {
  const date = z.object({ year: z.int().min(1970), month: z.int().min(1).max(12), day: z.int().min(1).max(31) });
  const asking = await read(asked, z.object({ endDate: date.optional(), notes: z.string().max(1_000).optional() }));
  if ("refusal" in asking) return asking.refusal;
  if (!asked.tenant.seed.users.some(({ userId }) => userId === asked.id)) return refuse(404, "The user does not exist.");
  asked.record(`update-risk-profile ${asked.id}`);
  const profile = { ...asked.tenant.riskProfiles.get(asked.id), ...asking.body };
  asked.tenant.riskProfiles.set(asked.id, profile);
  return Response.json({ userId: asked.id, tenantId: asked.tenant.seed.tenantId, ...profile });
}

const noteBy = (tenant: Tenant, message: string) => ({ message, lastModifiedAt: tenant.now(), lastModifiedBy: tenant.seed.clientId });

function summary(tenant: Tenant, { id, createdAt, exposure, actorId, state, stateLastModifiedAt }: StoredAlert) {
  const { actor, name, description, severity, riskSeverity, ruleSource } = exposure;
  return {
    type$: "ALERT_SUMMARY",
    tenantId: tenant.seed.tenantId,
    type: "FED_ENDPOINT_EXFILTRATION",
    name,
    description,
    actor,
    actorId,
    target: "N/A",
    severity,
    riskSeverity,
    ruleId: `rule-${exposure.id}`,
    ruleSource,
    id,
    createdAt,
    state,
    stateLastModifiedAt,
  };
}

function alertTerms({ id, createdAt, exposure, state }: StoredAlert): Terms {
  const { actor, name, description, severity, riskSeverity, ruleSource } = exposure;
  return {
    id,
    alertid: id,
    createdat: createdAt,
    actor,
    name,
    description,
    state,
    severity,
    alertseverity: severity,
    riskseverity: riskSeverity,
    rulesource: ruleSource,
    type: "FED_ENDPOINT_EXFILTRATION",
  };
}

function fileEventTerms(event: StoredFileEvent): Terms {
  return {
    "@timestamp": event["@timestamp"],
    "event.id": event.event.id,
    "event.action": event.event.action,
    "user.email": event.user.email,
    "user.id": event.user.id,
    "user.deviceuid": event.user.deviceUid,
    "source.name": event.source.name,
    "source.ip": event.source.ip,
    "source.privateip": event.source.privateIp,
    "destination.name": event.destination.name,
    "destination.category": event.destination.category,
    "file.name": event.file.name,
    "file.category": event.file.category,
    "file.hash.md5": event.file.hash.md5,
    "file.hash.sha256": event.file.hash.sha256,
    "risk.score": event.risk.score,
    "risk.severity": event.risk.severity,
  };
}
