import { json } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing } from "../shared.ts";

export const systemRoutes = {
  health: defineRoute({
    method: "get",
    path: "/health",
    summary: "The process is up",
    tag: "system",
    access: "anyone",
    answer: z.object({ status: z.literal("ok"), version: z.string(), uptimeSeconds: z.number() }),
  }),
  ready: defineRoute({
    method: "get",
    path: "/ready",
    summary: "The store answers and runs are recovered; 503 otherwise",
    tag: "system",
    access: "anyone",
    answer: z.object({ status: z.enum(["ready", "not-ready"]), checks: z.record(z.string(), z.object({ ok: z.boolean(), message: z.string() })) }),
  }),
  simulateAlert: defineRoute({
    method: "post",
    path: "/sample-world/alerts",
    summary: "Make the simulated vendor raise an alert, as the sample world's stories tell",
    tag: "sample world",
    access: "analyst",
    body: z.strictObject({ story: z.enum(["executive", "employee", "two-hosts", "unknown-user"]).optional() }),
    answer: z.object({ alertId: z.string() }),
    status: 201,
  }),
  getMailbox: defineRoute({
    method: "get",
    path: "/sample-world/mailbox",
    summary: "Mails that the sample world's mail server received, newest first",
    tag: "sample world",
    access: "analyst",
    answer: z.object({
      messages: z.array(
        z.object({
          id: z.string(),
          from: z.string(),
          to: z.array(z.string()),
          subject: z.string(),
          text: z.string(),
          html: z.string(),
          attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), size: z.int() })),
          receivedAt: instant,
        }),
      ),
    }),
  }),
  getWorld: defineRoute({
    method: "get",
    path: "/sample-world/state",
    summary: "What the simulated vendors hold",
    tag: "sample world",
    access: "analyst",
    answer: z.object({ world: z.record(z.string(), json), changes: z.record(z.string(), z.array(z.object({ what: z.string(), at: z.number() }))) }),
  }),
  resetWorld: defineRoute({
    method: "post",
    path: "/sample-world/reset",
    summary: "Put the simulated vendors back to their beginning",
    tag: "sample world",
    access: "engineer",
    answer: nothing,
  }),
};
