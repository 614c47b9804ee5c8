import * as z from "zod";
import { defineRoute } from "../route.ts";

const count = z.int().min(1).max(1_000_000).nullable();

/** Null: the default for all playbooks; there, without limit. */
export const playbookSettings = z.strictObject({ keepDays: count, keepRuns: count, callsAtOnce: count });

const id = z.object({ id: z.string() });

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
