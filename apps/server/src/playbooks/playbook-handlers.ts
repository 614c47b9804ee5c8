import type { Audit } from "../audit/audit.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Store } from "../store/store.ts";
import { readDocument } from "./document.ts";
import { listPlaybooks, playbookSummary } from "./list-playbooks.ts";
import type { PlaybookShelf } from "./playbook-shelf.ts";

type Names =
  "listPlaybooks" | "createPlaybook" | "getPlaybook" | "deletePlaybook" | "getDraft" | "saveDraft" | "discardDraft" | "publish" | "listVersions" | "getVersion" | "checkPlaybook";

interface Parts {
  readonly store: Store;
  readonly shelf: PlaybookShelf;
  readonly audit: Audit;
}

export function playbookHandlers({ store, shelf, audit }: Parts): Pick<Handlers, Names> {
  return {
    listPlaybooks: ({ query, viewer }) => listPlaybooks(store, viewer, query),
    getPlaybook: ({ params, viewer }) => playbookSummary(store, viewer, params.id),
    createPlaybook: ({ body, viewer, response }) => {
      const draft = shelf.create(readDocument(body), viewer.email);
      audit.write(viewer.email, "playbook-created", { playbook: draft.playbook.id });
      response.set("etag", draft.etag);
      return draft;
    },
    deletePlaybook: ({ params, viewer }) => {
      shelf.delete(params.id);
      audit.write(viewer.email, "playbook-deleted", { playbook: params.id });
      return {};
    },
    getDraft: ({ params, response }) => {
      const draft = shelf.draft(params.id);
      response.set("etag", draft.etag);
      return draft;
    },
    saveDraft: ({ params, body, ifMatch, viewer, response }) => {
      const draft = shelf.saveDraft(params.id, readDocument(body), ifMatch, viewer.email);
      response.set("etag", draft.etag);
      return draft;
    },
    discardDraft: ({ params, ifMatch, viewer, response }) => {
      const draft = shelf.discardDraft(params.id, ifMatch);
      audit.write(viewer.email, "draft-discarded", { playbook: params.id });
      response.set("etag", draft.etag);
      return draft;
    },
    publish: ({ params, body, ifMatch, viewer, response }) => {
      const published = shelf.publish(params.id, body.note, ifMatch, viewer.email);
      audit.write(viewer.email, "playbook-published", { playbook: params.id, version: published.version });
      response.set("etag", published.etag);
      return published;
    },
    listVersions: ({ params, query }) => shelf.versions(params.id, query),
    getVersion: ({ params }) => shelf.version(params.id, params.version),
    checkPlaybook: ({ body }) => ({ findings: shelf.check(readDocument(body)).map((finding) => structuredClone(finding) as never) }),
  };
}
