import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Store } from "../store/store.ts";
import { readDocument } from "./document.ts";
import { listPlaybooks, playbookSummary } from "./list-playbooks.ts";
import type { PlaybookShelf } from "./playbook-shelf.ts";

type Names =
  | "listPlaybooks"
  | "createPlaybook"
  | "getPlaybook"
  | "deletePlaybook"
  | "getDraft"
  | "saveDraft"
  | "discardDraft"
  | "publish"
  | "rollBack"
  | "listVersions"
  | "getVersion"
  | "checkPlaybook";

interface Parts {
  readonly store: Store;
  readonly shelf: PlaybookShelf;
  readonly audit: Audit;
}

export function playbookHandlers({ store, shelf, audit }: Parts): Pick<Handlers, Names> {
  return {
    listPlaybooks: ({ query, viewer }) => listPlaybooks(store, viewer, query),
    getPlaybook: ({ params, viewer }) => playbookSummary(store, viewer, params.id),
    createPlaybook: async ({ body, viewer, response }) => {
      const draft = await shelf.create(readDocument(body), viewer.email);
      await audit.write(viewer.email, "playbook-created", { playbook: draft.playbook.id });
      response.set("etag", draft.etag);
      return draft;
    },
    deletePlaybook: async ({ params, viewer }) => {
      await shelf.delete(params.id);
      await audit.write(viewer.email, "playbook-deleted", { playbook: params.id });
      return {};
    },
    getDraft: async ({ params, viewer, response }) => {
      const draft = await shelf.draft(params.id, viewer.email);
      response.set("etag", draft.etag);
      return draft;
    },
    saveDraft: async ({ params, query, body, ifMatch, viewer, response }) => {
      const draft = await shelf.saveDraft(params.id, readDocument(body), ifMatch, viewer.email, query.base);
      response.set("etag", draft.etag);
      return draft;
    },
    discardDraft: async ({ params, ifMatch, viewer, response }) => {
      const draft = await shelf.discardDraft(params.id, ifMatch, viewer.email);
      await audit.write(viewer.email, "draft-discarded", { playbook: params.id });
      response.set("etag", draft.etag);
      return draft;
    },
    publish: async ({ params, body, ifMatch, viewer, response }) => {
      const published = await shelf.publish(params.id, body.note, ifMatch, viewer.email);
      await audit.write(viewer.email, "playbook-published", { playbook: params.id, version: published.version });
      response.set("etag", published.etag);
      return published;
    },
    rollBack: async ({ params, body, viewer, response }) => {
      const published = await shelf.rollBack(params.id, body, viewer.email);
      await audit.write(viewer.email, "playbook-rolled-back", { playbook: params.id, to: body.version, version: published.version });
      response.set("etag", published.etag);
      return published;
    },
    listVersions: ({ params, query }) => shelf.versions(params.id, query),
    getVersion: ({ params }) => shelf.version(params.id, params.version),
    checkPlaybook: async ({ body }) => ({ findings: (await shelf.check(readDocument(body))).map((finding) => structuredClone(finding) as never) }),
  };
}
