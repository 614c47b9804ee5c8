import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import { alertSeverities, alertStates, alertSummary, summaryOf } from "../alert-record.ts";
import type { Code42Client, Code42FilterGroup } from "../client.ts";

const pageSize = 500;

const anyOf = (term: string, values: readonly string[] | undefined): Code42FilterGroup[] =>
  values === undefined || values.length === 0 ? [] : [{ filterClause: "OR", filters: values.map((value) => ({ term, operator: "IS", value })) }];

export const listAlerts = defineAction<Code42Client>()({
  name: "list-alerts",
  title: "List alerts",
  summary: "Finds alerts by time, severity, state and person, the oldest first.",
  effect: "reads",
  repeatable: true,
  input: z.object({
    since: z.iso.datetime({ offset: true }).optional().describe("Raised at or after, ISO 8601.").meta({ title: "Since" }),
    severities: z
      .array(z.enum(alertSeverities))
      .optional()
      .describe("Risk severity, any of these; all when empty.")
      .meta({ title: "Severities", examples: [["HIGH", "CRITICAL"]] }),
    states: z
      .array(z.enum(alertStates))
      .optional()
      .describe("Any of these; all when empty.")
      .meta({ title: "States", examples: [["OPEN"]] }),
    user: z
      .string()
      .min(1)
      .optional()
      .describe("Raised by this person's activity.")
      .meta({ title: "User", examples: ["john.anderson@qrst.com"] }),
    limit: z.int().min(1).max(5_000).default(100).describe("At most so many.").meta({ title: "Limit" }),
  }),
  output: z.object({ alerts: z.array(alertSummary).describe("The alerts, the oldest first."), totalCount: z.number().describe("How many there are in all.") }),
  run: async ({ since, severities, states, user, limit }, { client, signal }) => {
    const groups: Code42FilterGroup[] = [
      ...(since === undefined ? [] : [{ filterClause: "AND" as const, filters: [{ term: "CreatedAt", operator: "ON_OR_AFTER" as const, value: new Date(since).toISOString() }] }]),
      ...anyOf("RiskSeverity", severities),
      ...anyOf("State", states),
      ...anyOf("Actor", user === undefined ? undefined : [user]),
    ];
    const size = Math.min(limit, pageSize);
    const alerts: z.input<typeof alertSummary>[] = [];
    for (let number = 0; ; number += 1) {
      const page = await client.queryAlerts(groups, { number, size }, signal);
      const found = page.alerts ?? [];
      alerts.push(...found.map(summaryOf));
      if (found.length < size || alerts.length >= limit) return { alerts: alerts.slice(0, limit), totalCount: page.totalCount };
    }
  },
});
