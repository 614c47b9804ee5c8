import { playbook } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";

const id = z.object({ id: z.string() });
const documents = z.strictObject({ playbooks: z.array(z.unknown()).min(1).max(500) });
const named = z.object({ id: z.string(), name: z.string(), live: z.int().nullable() });

const unresolved = z.object({
  kind: z.enum(["action", "connection", "playbook"]),
  id: z.string(),
  integration: z.string().optional(),
  usedBy: z.array(z.object({ playbook: z.string(), step: z.string().nullable() })),
});

/** What would come of an import: which ids are taken, and what the documents name that is not here. */
export const importPlan = z.object({
  playbooks: z.array(z.object({ id: z.string(), name: z.string(), steps: z.int(), taken: z.boolean() })),
  unresolved: z.array(unresolved),
});
export type ImportPlan = z.output<typeof importPlan>;

/** Where a playbook is used, and what it uses. `graph` follows calls both ways; `more` when it was cut. */
export const playbookUses = z.object({
  calledBy: z.array(named),
  connections: z.array(z.object({ id: z.string(), name: z.string().nullable(), integration: z.string().nullable() })),
  triggers: z.array(z.object({ id: z.string(), kind: z.enum(["webhook", "schedule"]), name: z.string(), enabled: z.boolean() })),
  alerts: z.array(z.string()),
  graph: z.object({
    nodes: z.array(z.object({ id: z.string(), name: z.string(), there: z.boolean(), live: z.int().nullable(), distance: z.int() })),
    edges: z.array(z.object({ from: z.string(), to: z.string() })),
    more: z.boolean(),
  }),
  health: z.object({ runs: z.int(), succeeded: z.int(), failed: z.int(), cancelled: z.int(), medianMs: z.number().nullable() }),
});
export type PlaybookUses = z.output<typeof playbookUses>;

export const libraryRoutes = {
  planImport: defineRoute({
    method: "post",
    path: "/playbooks/import/plan",
    summary: "What an import would meet, without importing anything",
    tag: "playbooks",
    access: "engineer",
    body: documents,
    answer: importPlan,
  }),
  importPlaybooks: defineRoute({
    method: "post",
    path: "/playbooks/import",
    summary: "Create several playbooks as drafts: all of them, or none when one is refused",
    tag: "playbooks",
    access: "engineer",
    body: documents,
    answer: z.object({ playbooks: z.array(z.object({ id: z.string(), name: z.string() })) }),
    status: 201,
  }),
  getBundle: defineRoute({
    method: "get",
    path: "/playbooks/:id/bundle",
    summary: "A playbook as it is edited, with every playbook that it calls; those that are not here are named in `missing`",
    tag: "playbooks",
    access: "viewer",
    params: id,
    answer: z.object({ bundle: z.object({ bundleVersion: z.literal(1), root: z.string(), playbooks: z.array(playbook) }), missing: z.array(z.string()) }),
  }),
  getUses: defineRoute({
    method: "get",
    path: "/playbooks/:id/uses",
    summary: "Where a playbook is used, what it uses, and how its last runs fared",
    tag: "playbooks",
    access: "viewer",
    params: id,
    answer: playbookUses,
  }),
};
