import type { Handlers } from "../http/handlers.ts";
import type { RunSearch } from "./run-search.ts";
import type { SavedRunViews } from "./saved-run-views.ts";

type Names = "listRuns" | "getRunStats" | "listRunViews" | "createRunView" | "updateRunView" | "deleteRunView";

export function runSearchHandlers({ search, saved }: { readonly search: RunSearch; readonly saved: SavedRunViews }): Pick<Handlers, Names> {
  return {
    listRuns: ({ viewer, query }) => search.list(viewer, query),
    getRunStats: ({ viewer, query }) => search.stats(viewer, query),
    listRunViews: async ({ viewer }) => ({ items: await saved.list(viewer) }),
    createRunView: ({ viewer, body }) => saved.create(viewer, body),
    updateRunView: ({ viewer, params, body }) => saved.update(viewer, params.id, body),
    deleteRunView: async ({ viewer, params }) => {
      await saved.delete(viewer, params.id);
      return {};
    },
  };
}
