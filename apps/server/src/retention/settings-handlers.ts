import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import type { PlaybookShelf } from "../playbooks/playbook-shelf.ts";
import type { Store } from "../store/store.ts";
import type { Retention } from "./retention.ts";
import type { SettingsShelf } from "./settings-shelf.ts";

type Names =
  "getPlaybookSettings" | "putPlaybookSettings" | "getDefaultSettings" | "putDefaultSettings" | "previewPlaybookSettings" | "previewDefaultSettings" | "listPlaybookSettings";

interface Parts {
  readonly store: Store;
  readonly settings: SettingsShelf;
  readonly retention: Retention;
  readonly shelf: PlaybookShelf;
  readonly audit: Audit;
}

export function settingsHandlers({ store, settings, retention, shelf, audit }: Parts): Pick<Handlers, Names> {
  return {
    getPlaybookSettings: async ({ params }) => {
      await shelf.demand(params.id);
      return settings.of(params.id);
    },
    putPlaybookSettings: async ({ params, body, viewer }) => {
      await shelf.demand(params.id);
      await settings.put(body, params.id);
      await audit.write(viewer.email, "settings-changed", { playbook: params.id, ...body });
      return settings.of(params.id);
    },
    previewPlaybookSettings: async ({ params, query }) => {
      await shelf.demand(params.id);
      return retention.wouldDelete({ keepDays: query.keepDays ?? null, keepRuns: query.keepRuns ?? null }, params.id);
    },
    previewDefaultSettings: ({ query }) => retention.wouldDelete({ keepDays: query.keepDays ?? null, keepRuns: query.keepRuns ?? null }),
    listPlaybookSettings: async () => {
      const own = new Map(settings.own());
      const known =
        own.size === 0
          ? []
          : await store.all(
              store.sql
                .selectFrom("playbooks")
                .select(["id", "name"])
                .where("deleted", "=", 0)
                .where("id", "in", [...own.keys()])
                .orderBy("name"),
            );
      return { items: known.flatMap(({ id, name }) => (own.has(id) ? [{ playbook: { id, name }, settings: own.get(id) ?? settings.of(id) }] : [])) };
    },
    getDefaultSettings: () => settings.of(),
    putDefaultSettings: async ({ body, viewer }) => {
      await settings.put(body);
      await audit.write(viewer.email, "settings-changed", { ...body });
      return settings.of();
    },
  };
}
