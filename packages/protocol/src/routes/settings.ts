import * as z from "zod";
import { defineRoute } from "../route.ts";

const count = z.int().min(1).max(1_000_000).nullable();

/** Null: the default for all playbooks; there, without limit. */
export const playbookSettings = z.strictObject({ keepDays: count, keepRuns: count, callsAtOnce: count });

export type PlaybookSettings = z.output<typeof playbookSettings>;

const id = z.object({ id: z.string() });

const asked = z.coerce.number().int().min(1).max(1_000_000).optional();
const limits = z.strictObject({ keepDays: asked, keepRuns: asked });
/** Ended runs that the next clearing would delete; `more` when counting stopped there. */
const preview = z.object({ runs: z.int(), more: z.boolean() });

export const settingsRoutes = {
  getPlaybookSettings: defineRoute({
    method: "get",
    path: "/playbooks/:id/settings",
    summary: "How long and how many runs of a playbook are kept, and how many calls they make at once",
    tag: "settings",
    access: "engineer",
    params: id,
    answer: playbookSettings,
  }),
  putPlaybookSettings: defineRoute({
    method: "put",
    path: "/playbooks/:id/settings",
    summary: "Change the settings of a playbook",
    tag: "settings",
    access: "engineer",
    params: id,
    body: playbookSettings,
    answer: playbookSettings,
  }),
  previewPlaybookSettings: defineRoute({
    method: "get",
    path: "/playbooks/:id/settings/preview",
    summary: "How many runs settings would delete; what is left out is as the default says",
    tag: "settings",
    access: "engineer",
    params: id,
    query: limits,
    answer: preview,
  }),
  listPlaybookSettings: defineRoute({
    method: "get",
    path: "/settings/playbooks",
    summary: "Playbooks with settings of their own, by name",
    tag: "settings",
    access: "engineer",
    answer: z.object({ items: z.array(z.object({ playbook: z.object({ id: z.string(), name: z.string() }), settings: playbookSettings })) }),
  }),
  previewDefaultSettings: defineRoute({
    method: "get",
    path: "/settings/retention/preview",
    summary: "How many runs of all playbooks a default would delete; what is left out is without limit",
    tag: "settings",
    access: "engineer",
    query: limits,
    answer: preview,
  }),
  getDefaultSettings: defineRoute({
    method: "get",
    path: "/settings/retention",
    summary: "The settings of playbooks without own ones",
    tag: "settings",
    access: "engineer",
    answer: playbookSettings,
  }),
  putDefaultSettings: defineRoute({
    method: "put",
    path: "/settings/retention",
    summary: "Change the default for all playbooks",
    tag: "settings",
    access: "admin",
    body: playbookSettings,
    answer: playbookSettings,
  }),
};
