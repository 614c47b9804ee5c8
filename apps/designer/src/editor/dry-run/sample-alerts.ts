import { type Json, type Playbook, resolve, scopeOf } from "@drawbridge/playbook";
import type { StepCatalog } from "../../steps/step-catalog.ts";

/** An alert that a simulator holds, and what the playbook's trigger makes of it. */
export interface SampleAlert {
  readonly id: string;
  readonly title: string;
  readonly input: { readonly [key: string]: Json };
}

/** The alerts of the simulators behind the playbook's triggers. */
export async function sampleAlerts(playbook: Playbook, catalog: StepCatalog): Promise<SampleAlert[]> {
  const triggers = playbook.triggers ?? [];
  if (triggers.length === 0) return [];
  const [{ integrations }, { dryRunStart }] = await Promise.all([import("@drawbridge/integrations"), import("@drawbridge/engine")]);
  return triggers.flatMap((trigger) => {
    const integration = catalog.connections.find((each) => each.id === trigger.connection)?.integration ?? trigger.connection;
    const state =
      integrations
        .find((each) => each.id === integration)
        ?.simulate(null, () => dryRunStart)
        .state() ?? null;
    const alerts = isObject(state) && Array.isArray(state["alerts"]) ? (state["alerts"] as Json[]).filter(isObject) : [];
    return alerts.map((alert) => {
      const given = resolve(trigger.inputs, scopeOf({ alert }));
      const input = isObject(given) ? Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) : {};
      const text = (key: string) => (typeof alert[key] === "string" ? alert[key] : "");
      return { id: `${trigger.connection}/${text("id")}`, title: [text("name"), text("actor")].filter(Boolean).join(" · ") || text("id"), input };
    });
  });
}

const isObject = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);
