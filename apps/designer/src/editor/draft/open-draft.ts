import type { Person, PlaybookDraft } from "@drawbridge/protocol";
import { ApiProblem } from "../../api/api-problem.ts";
import { beforeSignOut } from "../../api/before-sign-out.ts";
import { call } from "../../api/call.ts";
import { useConnection } from "../../api/live.ts";
import { queryClient } from "../../api/query-client.ts";
import { sessionQuery } from "../../api/session.ts";
import { notifyOnce, notifyProblem } from "../../shared/notify.ts";
import { createEditorStore, type EditorStore } from "../editor-store.ts";
import { Autosave } from "./autosave.ts";
import { browserRows } from "./browser-rows.ts";
import { ask, createDraftStore, type DraftStore } from "./draft-store.ts";
import { rowOf } from "./kept-edits.ts";
import { recoverEdits } from "./recover-edits.ts";
import { holdTab, whenTabIsGone } from "./tab-locks.ts";

/** A draft that is open in this tab. */
export interface OpenDraft {
  readonly store: EditorStore;
  readonly draft: DraftStore;
  readonly autosave: Autosave;
  /** Nobody edits it any more; what is not saved is saved as soon as that is possible. */
  readonly close: () => void;
}

const newTab = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

/** Opens a draft for editing: it is saved by itself, kept in this browser until it is, and brought together with what other tabs make of it. */
export function openDraft(loaded: PlaybookDraft, person: Pick<Person, "id" | "email">, mayEdit: boolean): OpenDraft {
  const id = loaded.playbook.id;
  const owner = { person: person.id, playbook: id, tab: newTab() };
  const store = createEditorStore(loaded.playbook);
  const draft = createDraftStore(loaded);
  const closed = new AbortController();
  const otherOf = (by: string) => (by === person.email ? "another tab or device of yours" : by);
  /** Another person may have signed in since. */
  const demandSamePerson = () => {
    if (queryClient.getQueryData(sessionQuery.queryKey)?.person.id === person.id) return;
    throw new ApiProblem({ code: "not-signed-in", status: 401, title: "You are not signed in", detail: "Sign in again; then it is saved." });
  };
  const autosave = new Autosave(
    {
      save: async (playbook, etag, over) => {
        demandSamePerson();
        return (await call("saveDraft", { params: { id }, ...(over === null ? {} : { query: { base: over } }), body: playbook, ifMatch: etag })).data;
      },
      read: async () => {
        demandSamePerson();
        return (await call("getDraft", { params: { id } })).data;
      },
      adopt: (playbook, clean, by) => {
        store.getState().adopt(playbook, `edits of ${otherOf(by)}`, clean);
        if (closed.signal.aborted) return;
        if (clean) store.getState().say(`Changed by ${otherOf(by)}`);
        else notifyOnce(`draft ${id}`, `Edits of ${otherOf(by)} were merged into this draft.`);
      },
      ask: (base, theirs, answer) => {
        const told = `This draft was changed by ${otherOf(theirs.updatedBy)} meanwhile.`;
        ask(draft, { other: theirs.updatedBy === person.email ? "Other tab" : "Theirs", told, base, theirs: theirs.playbook, answer });
      },
      onDraft: ({ live, base, draft: own }) => draft.setState({ facts: { live, base, draft: own } }),
      keep: (edits) => browserRows.put(rowOf(owner, edits)),
      forget: () => browserRows.remove(owner.person, owner.playbook, owner.tab),
      onState: (saved) => draft.setState({ saved }),
      now: Date.now,
      later: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    loaded,
  );
  const endings = [
    store.subscribe((state, before) => {
      if (state.playbook !== before.playbook && !state.clean) autosave.changed(state.playbook);
    }),
    useConnection.subscribe(({ state }) => state === "live" && autosave.retry()),
    beforeSignOut(() => autosave.flush()),
    holdTab(owner.tab),
  ];
  const leave = () => void autosave.keep();
  const back = () => autosave.retry();
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", back);
  if (mayEdit) recoverEdits({ rows: browserRows, owner, store, draft, autosave, whenGone: whenTabIsGone, signal: closed.signal }).catch(notifyProblem);
  const close = async () => {
    closed.abort();
    await autosave.finish();
    for (const end of endings) end();
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("online", back);
  };
  return { store, draft, autosave, close: () => void close() };
}
