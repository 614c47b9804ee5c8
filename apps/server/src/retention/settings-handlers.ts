import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import type { SettingsShelf } from "./settings-shelf.ts";

type Names = "getPlaybookSettings" | "putPlaybookSettings" | "getDefaultSettings" | "putDefaultSettings";

export function settingsHandlers({ settings, shelf, audit }: { readonly settings: SettingsShelf; readonly shelf: PlaybookShelf; readonly audit: Audit }): Pick<Handlers, Names> {
  return {
    getPlaybookSettings: async ({ params }) => {
      await shelf.draft(params.id);
      return settings.of(params.id);
    },
    putPlaybookSettings: async ({ params, body, viewer }) => {
      await shelf.draft(params.id);
      await settings.put(body, params.id);
      await audit.write(viewer.email, "settings-changed", { playbook: params.id, ...body });
      return settings.of(params.id);
    },
    getDefaultSettings: () => settings.of(),
    putDefaultSettings: async ({ body, viewer }) => {
      await settings.put(body);
      await audit.write(viewer.email, "settings-changed", { ...body });
      return settings.of();
    },
  };
}
