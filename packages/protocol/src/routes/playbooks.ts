import { json, playbook } from "@drawbridge/playbook";
import * as z from "zod";
import { defineRoute } from "../route.ts";
import { instant, nothing, page, paging } from "../shared.ts";

const id = z.object({ id: z.string() });

/** A run in a list's small chart. */
const recentRun = z.object({ id: z.string(), status: z.enum(["running", "paused", "succeeded", "failed", "cancelled"]), durationMs: z.number().nullable() });

/** One playbook in the library. `live` is the newest published version, null when none is. */
export const playbookSummary = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  live: z.int().nullable(),
  draft: z.boolean(),
  draftBy: z.string().nullable(),
  updatedAt: instant,
  steps: z.int(),
  integrations: z.array(z.string()),
  recentRuns: z.array(recentRun),
  lastRunAt: instant.nullable(),
  running: z.int(),
  inDoubt: z.int(),
  findings: z.object({ errors: z.int(), warnings: z.int() }),
  shipped: z.boolean(),
});
export type PlaybookSummary = z.output<typeof playbookSummary>;

/** The document that a person edits: the person's own draft when there is one, else the live version. Until a first version is live, one draft is everybody's. `base` is the version that a draft was made from. `etag` goes back as `If-Match`. */
export const playbookDraft = z.object({
  playbook,
  etag: z.string(),
  live: z.int().nullable(),
  base: z.int().nullable(),
  draft: z.boolean(),
  updatedAt: instant,
  updatedBy: z.string(),
});
export type PlaybookDraft = z.output<typeof playbookDraft>;

/** How many steps a version changed against the one before, the playbook itself counted as one; null when it is the first, or not known. */
const versionSize = z.object({ added: z.int(), removed: z.int(), changed: z.int(), moved: z.int() });
export type VersionSize = z.output<typeof versionSize>;

export const playbookVersion = z.object({ version: z.int(), at: instant, by: z.string(), note: z.string(), size: versionSize.nullable() });

export const finding = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "hint"]),
  message: z.string(),
  step: z.string().optional(),
  pointer: z.string(),
  fix: z.object({ title: z.string(), edits: z.array(z.object({ type: z.string(), params: z.record(z.string(), json) })) }).optional(),
});

export const playbookRoutes = {
  listPlaybooks: defineRoute({
    method: "get",
    path: "/playbooks",
    summary: "Playbooks, searched by name, steps and actions",
    tag: "playbooks",
    access: "viewer",
    query: z.strictObject({
      search: z.string().max(200).optional(),
      tag: z.string().max(80).optional(),
      action: z.string().max(200).optional(),
      shipped: z.enum(["yes", "no"]).optional(),
      sort: z.enum(["name", "updated", "last-run"]).optional(),
      ...paging,
    }),
    answer: page(playbookSummary).extend({ tags: z.array(z.object({ tag: z.string(), count: z.int() })) }),
  }),
  createPlaybook: defineRoute({
    method: "post",
    path: "/playbooks",
    summary: "Create or import a playbook as a draft; the body is the document",
    tag: "playbooks",
    access: "engineer",
    body: z.unknown(),
    answer: playbookDraft,
    status: 201,
  }),
  getPlaybook: defineRoute({
    method: "get",
    path: "/playbooks/:id",
    summary: "One playbook in the library",
    tag: "playbooks",
    access: "viewer",
    params: id,
    answer: playbookSummary,
  }),
  deletePlaybook: defineRoute({
    method: "delete",
    path: "/playbooks/:id",
    summary: "Delete a playbook without runs in flight; its runs and their versions stay",
    tag: "playbooks",
    access: "engineer",
    params: id,
    answer: nothing,
  }),
  getDraft: defineRoute({
    method: "get",
    path: "/playbooks/:id/draft",
    summary: "The document that the signed-in person edits",
    tag: "playbooks",
    access: "viewer",
    params: id,
    answer: playbookDraft,
  }),
  saveDraft: defineRoute({
    method: "put",
    path: "/playbooks/:id/draft",
    summary: "Save one's own draft; the body is the document, `base` the version that it now stands on",
    tag: "playbooks",
    access: "engineer",
    params: id,
    query: z.strictObject({ base: z.coerce.number().int().min(1).optional() }),
    body: z.unknown(),
    answer: playbookDraft,
    ifMatch: true,
  }),
  discardDraft: defineRoute({
    method: "delete",
    path: "/playbooks/:id/draft",
    summary: "Drop one's own draft and go back to the live version",
    tag: "playbooks",
    access: "engineer",
    params: id,
    answer: playbookDraft,
    ifMatch: true,
  }),
  publish: defineRoute({
    method: "post",
    path: "/playbooks/:id/publish",
    summary: "Make one's own draft the live version; refused when a check finds an error, or somebody else has published since it was begun",
    tag: "playbooks",
    access: "engineer",
    params: id,
    body: z.strictObject({ note: z.string().max(2_000) }),
    answer: playbookDraft.extend({ version: z.int() }),
    ifMatch: true,
  }),
  rollBack: defineRoute({
    method: "post",
    path: "/playbooks/:id/roll-back",
    summary: "Publish an earlier version anew, over the live version `over`; drafts stay",
    tag: "playbooks",
    access: "engineer",
    params: id,
    body: z.strictObject({ version: z.int().min(1), over: z.int().min(1), note: z.string().trim().min(1).max(2_000) }),
    answer: playbookDraft.extend({ version: z.int() }),
  }),
  listVersions: defineRoute({
    method: "get",
    path: "/playbooks/:id/versions",
    summary: "Published versions, newest first",
    tag: "playbooks",
    access: "viewer",
    params: id,
    query: z.strictObject(paging),
    answer: page(playbookVersion),
  }),
  getVersion: defineRoute({
    method: "get",
    path: "/playbooks/:id/versions/:version",
    summary: "One published version's document",
    tag: "playbooks",
    access: "viewer",
    params: z.object({ id: z.string(), version: z.coerce.number().int().min(1) }),
    answer: z.object({ playbook, version: z.int(), at: instant, by: z.string(), note: z.string() }),
  }),
  checkPlaybook: defineRoute({
    method: "post",
    path: "/playbooks/check",
    summary: "Check a document without saving it",
    tag: "playbooks",
    access: "viewer",
    body: z.unknown(),
    answer: z.object({ findings: z.array(finding) }),
  }),
};
