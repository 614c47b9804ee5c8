import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/call.ts";

/** The settings of playbooks without own ones. */
export const defaultSettingsQuery = queryOptions({ queryKey: ["settings", "default"], queryFn: async ({ signal }) => (await call("getDefaultSettings", { signal })).data });

/** Playbooks with settings of their own. */
export const ownSettingsQuery = queryOptions({ queryKey: ["settings", "own"], queryFn: async ({ signal }) => (await call("listPlaybookSettings", { signal })).data.items });

/** One playbook's own settings. */
export const playbookSettingsQuery = (id: string) =>
  queryOptions({ queryKey: ["settings", "of", id], queryFn: async ({ signal }) => (await call("getPlaybookSettings", { params: { id }, signal })).data });
