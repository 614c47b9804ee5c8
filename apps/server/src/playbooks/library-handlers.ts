import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Store } from "../store/store.ts";
import { importPlaybooks, planImport, readBundleOf, readDocuments } from "./bundles.ts";
import type { ServerCatalog } from "./playbook-catalog.ts";
import type { PlaybookShelf } from "./playbook-shelf.ts";
import { playbookUses } from "./playbook-uses.ts";

interface Parts {
  readonly store: Store;
  readonly shelf: PlaybookShelf;
  readonly audit: Audit;
  readonly catalog: ServerCatalog;
}

/** What concerns several playbooks at once. */
export function libraryHandlers({ store, shelf, audit, catalog }: Parts): Pick<Handlers, "planImport" | "importPlaybooks" | "getBundle" | "getUses"> {
  return {
    planImport: ({ body }) => planImport(store, catalog, readDocuments(body.playbooks)),
    importPlaybooks: async ({ body, viewer }) => {
      const playbooks = readDocuments(body.playbooks);
      await importPlaybooks(store, shelf, playbooks, viewer.email);
      for (const { id } of playbooks) await audit.write(viewer.email, "playbook-created", { playbook: id });
      return { playbooks: playbooks.map(({ id, name }) => ({ id, name })) };
    },
    getBundle: ({ params, viewer }) => readBundleOf(shelf, params.id, viewer.email),
    getUses: async ({ params, viewer }) => {
      await shelf.demand(params.id);
      return playbookUses(store, viewer, params.id);
    },
  };
}
