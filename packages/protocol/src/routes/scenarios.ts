import { json } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing } from "../shared.ts";

const id = z.object({ id: z.string() });
const both = z.object({ id: z.string(), scenario: z.string() });
/** As `drawbridge test` reads it; checked by whoever runs it. */
const document = z.record(z.string(), json);

const savedScenario = z.object({ id: z.string(), name: z.string(), at: instant, by: z.string(), run: z.string().nullable() });
export type SavedScenario = z.output<typeof savedScenario>;

const maskedValue = z.object({ kind: z.enum(["secret", "email", "name", "account", "address", "phone"]), from: z.string(), to: z.string(), times: z.int() });
export type MaskedValue = z.output<typeof maskedValue>;

export const scenarioRoutes = {
  draftScenario: defineRoute({
    method: "post",
    path: "/runs/:id/scenario",
    summary: "A finished run as a scenario, secrets and personal data masked; `storable` is false when it tells of a restricted case, so that it may not be kept with the playbook",
    tag: "runs",
    access: "analyst",
    params: id,
    body: z.strictObject({ name: z.string().trim().min(1).max(120), keep: z.array(z.string().max(1_000)).max(500).optional() }),
    answer: z.object({ scenario: document, masked: z.array(maskedValue), storable: z.boolean() }),
  }),
  listScenarios: defineRoute({
    method: "get",
    path: "/playbooks/:id/scenarios",
    summary: "The scenarios that are kept with a playbook, by name",
    tag: "playbooks",
    access: "viewer",
    params: id,
    answer: z.object({ items: z.array(savedScenario) }),
  }),
  getScenario: defineRoute({
    method: "get",
    path: "/playbooks/:id/scenarios/:scenario",
    summary: "A scenario that is kept with a playbook",
    tag: "playbooks",
    access: "viewer",
    params: both,
    answer: z.object({ scenario: document }),
  }),
  saveScenario: defineRoute({
    method: "post",
    path: "/playbooks/:id/scenarios",
    summary: "Keep a scenario with a playbook; with `run`, the run that it was made of",
    tag: "playbooks",
    access: "analyst",
    params: id,
    body: z.strictObject({ scenario: document, run: z.string().optional() }),
    answer: savedScenario,
    status: 201,
  }),
  deleteScenario: defineRoute({
    method: "delete",
    path: "/playbooks/:id/scenarios/:scenario",
    summary: "Delete a scenario that is kept with a playbook",
    tag: "playbooks",
    access: "engineer",
    params: both,
    answer: nothing,
  }),
};
