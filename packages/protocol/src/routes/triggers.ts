import { json } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing, page, paging } from "../shared.ts";
import { runStatus } from "./runs.ts";

const id = z.object({ id: z.string() });
const header = z.string().regex(/^[A-Za-z0-9-]{1,80}$/, "must be the name of a header");

/** What becomes of ticks that nobody was there to fire. */
export const missedPolicy = z.enum(["skip", "once", "all"]);

/** A hook's signature: HMAC-SHA256 of the raw body as `sha256=<hex>`; with a timestamp header, of `<timestamp>.<body>`. */
const signature = z.object({ header: z.string(), timestampHeader: z.string().nullable() });

/** Starts runs of a playbook. `inputs` null hands the whole body to the playbook. */
export const triggerView = z.object({
  id: z.string(),
  kind: z.enum(["webhook", "schedule"]),
  name: z.string(),
  playbook: z.object({ id: z.string(), name: z.string() }),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  inputs: z.record(z.string(), json).nullable(),
  webhook: z.object({ tokenHint: z.string(), signature: signature.nullable(), perMinute: z.int() }).nullable(),
  schedule: z.object({ cron: z.string(), zone: z.string(), missed: missedPolicy, next: z.array(instant) }).nullable(),
  lastFiredAt: instant.nullable(),
  lastRun: z.object({ id: z.string(), status: runStatus }).nullable(),
  lastError: z.object({ at: instant, code: z.string(), message: z.string() }).nullable(),
  createdAt: instant,
  createdBy: z.string(),
});
export type TriggerView = z.output<typeof triggerView>;

/** A trigger, and its webhook's token the one time that it is shown; the address is `/hooks/<token>`. */
const withToken = z.object({ trigger: triggerView, token: z.string().nullable() });

const name = z.string().trim().min(1).max(120);
const inputs = z.record(z.string().max(64), json).nullable();
const signatureInput = z
  .strictObject({
    header: header.optional(),
    timestampHeader: header.nullable().optional(),
    /** Left out, the secret stays as it is. */ secret: z.string().min(16).max(500).optional(),
  })
  .nullable();
const perMinute = z.int().min(1).max(60_000);
const cron = z.string().trim().min(1).max(120);
const zone = z.string().min(1).max(64);

const webhookInput = z.strictObject({
  kind: z.literal("webhook"),
  name,
  playbook: z.string(),
  enabled: z.boolean().optional(),
  inputs: inputs.optional(),
  signature: signatureInput.optional(),
  perMinute: perMinute.optional(),
});
const scheduleInput = z.strictObject({
  kind: z.literal("schedule"),
  name,
  playbook: z.string(),
  enabled: z.boolean().optional(),
  inputs: inputs.optional(),
  cron,
  zone: zone.optional(),
  missed: missedPolicy.optional(),
});

export const triggerRoutes = {
  listTriggers: defineRoute({
    method: "get",
    path: "/triggers",
    summary: "Webhooks and schedules, newest first",
    tag: "triggers",
    access: "viewer",
    query: z.strictObject({
      search: z.string().max(200).optional(),
      playbook: z.string().max(200).optional(),
      kind: z.enum(["webhook", "schedule"]).optional(),
      state: z.enum(["on", "off", "failing"]).optional(),
      ...paging,
    }),
    answer: page(triggerView),
  }),
  createTrigger: defineRoute({
    method: "post",
    path: "/triggers",
    summary: "Add a webhook or a schedule; a webhook's token is shown in this answer only",
    tag: "triggers",
    access: "engineer",
    body: z.discriminatedUnion("kind", [webhookInput, scheduleInput]),
    answer: withToken,
    status: 201,
  }),
  getTrigger: defineRoute({ method: "get", path: "/triggers/:id", summary: "One trigger", tag: "triggers", access: "viewer", params: id, answer: triggerView }),
  updateTrigger: defineRoute({
    method: "patch",
    path: "/triggers/:id",
    summary: "Change a trigger; what is left out stays",
    tag: "triggers",
    access: "engineer",
    params: id,
    body: z.strictObject({
      name: name.optional(),
      enabled: z.boolean().optional(),
      inputs: inputs.optional(),
      signature: signatureInput.optional(),
      perMinute: perMinute.optional(),
      cron: cron.optional(),
      zone: zone.optional(),
      missed: missedPolicy.optional(),
    }),
    answer: triggerView,
  }),
  deleteTrigger: defineRoute({
    method: "delete",
    path: "/triggers/:id",
    summary: "Delete a trigger; its runs stay",
    tag: "triggers",
    access: "engineer",
    params: id,
    answer: nothing,
  }),
  rotateTrigger: defineRoute({
    method: "post",
    path: "/triggers/:id/rotate",
    summary: "Give a webhook a new token; the old one stops at once",
    tag: "triggers",
    access: "engineer",
    params: id,
    answer: withToken,
  }),
  fireTrigger: defineRoute({
    method: "post",
    path: "/triggers/:id/fire",
    summary: "Start a run as the trigger would, with a body of your own for a webhook",
    tag: "triggers",
    access: "engineer",
    params: id,
    body: z.strictObject({ body: json.optional() }),
    answer: z.object({ run: z.string() }),
    status: 202,
  }),
  previewSchedule: defineRoute({
    method: "get",
    path: "/schedules/preview",
    summary: "When a cron expression fires next",
    tag: "triggers",
    access: "viewer",
    query: z.strictObject({ cron, zone: zone.optional() }),
    answer: z.object({ next: z.array(instant) }),
  }),
};
