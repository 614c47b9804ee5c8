import * as z from "zod";
import { type Asked, readBody } from "./asked.ts";
import { filterGroups, matchesGroups, type Terms } from "./matches-groups.ts";
import type { StoredAlert, Tenant } from "./tenant.ts";
import { refuse } from "./vendor-problem.ts";

const alertQuery = z.object({
  tenantId: z.string(),
  ...filterGroups,
  pgNum: z.int().min(0),
  pgSize: z.int().min(1).max(500),
  srtKey: z.string().default("CreatedAt"),
  srtDirection: z.enum(["asc", "desc", "ASC", "DESC"]).default("desc"),
});

export async function queryAlerts(asked: Asked): Promise<Response> {
  const asking = await readBody(asked, alertQuery);
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

export async function queryDetails(asked: Asked): Promise<Response> {
  const asking = await readBody(asked, z.object({ alertIds }));
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

export async function updateState(asked: Asked): Promise<Response> {
  const asking = await readBody(
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

export async function addNote(asked: Asked): Promise<Response> {
  const asking = await readBody(asked, z.object({ tenantId: z.string(), alertId: z.string(), note: z.string().min(1).max(2_000) }));
  if ("refusal" in asking) return asking.refusal;
  const alert = asked.tenant.alerts.get(asking.body.alertId);
  if (alert === undefined) return refuse(404, "The alert does not exist.");
  asked.record(`add-alert-note ${alert.id}`);
  alert.note = noteBy(asked.tenant, asking.body.note);
  return new Response("", { status: 200 });
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
