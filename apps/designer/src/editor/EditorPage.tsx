import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { call } from "../api/call.ts";
import { catalogQuery } from "../api/catalog.ts";
import { useMay } from "../api/session.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { stepCatalogOf } from "../steps/step-catalog.ts";
import { Autosave } from "./autosave.ts";
import { Editor } from "./Editor.tsx";
import { EditorContext, type EditorShared } from "./editor-context.ts";
import { createEditorStore } from "./editor-store.ts";
import { type Kept, keptEdits } from "./kept-edits.ts";
import { NarrowEditor } from "./NarrowEditor.tsx";
import { useIsNarrow } from "./use-is-narrow.ts";
import { serializePlaybook } from "@drawbridge/playbook";

/** The editor of one playbook. */
export function EditorPage({ id }: { id: string }) {
  const draft = useQuery({
    queryKey: ["playbook", id, "draft", "editing"],
    queryFn: async ({ signal }) => (await call("getDraft", { params: { id }, signal })).data,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const facts = useQuery(catalogQuery);
  const connections = useQuery({ queryKey: ["connections"], queryFn: async ({ signal }) => (await call("listConnections", { signal })).data.items });
  const playbooks = useQuery({
    queryKey: ["playbooks", "names"],
    queryFn: async ({ signal }) => (await call("listPlaybooks", { query: { limit: 500 }, signal })).data.items.map(({ id: each, name }) => ({ id: each, name })),
  });
  const mayEdit = useMay("engineer");
  const narrow = useIsNarrow();
  const catalog = useMemo(() => (facts.data ? stepCatalogOf(facts.data, connections.data ?? [], playbooks.data ?? []) : null), [facts.data, connections.data, playbooks.data]);
  const loaded = draft.data;
  const [session, setSession] = useState<(Pick<EditorShared, "store" | "autosave"> & { readonly kept: Kept | null; readonly live: number | null; readonly draft: boolean }) | null>(
    null,
  );

  useEffect(() => {
    if (!loaded) return;
    const store = createEditorStore(loaded.playbook);
    const kept = keptEdits(id, window.localStorage);
    const found = kept.read();
    const autosave = new Autosave(
      {
        save: async (playbook, etag) => (await call("saveDraft", { params: { id }, body: playbook, ifMatch: etag })).data,
        kept,
        onState: (saved) => store.getState().setSaved(saved),
        now: Date.now,
        later: (ms, work) => {
          const timer = setTimeout(work, ms);
          return () => clearTimeout(timer);
        },
      },
      loaded.etag,
    );
    store.getState().setSaved({ kind: "saved", at: Date.parse(loaded.updatedAt) });
    const unsubscribe = store.subscribe((state, before) => {
      if (state.playbook !== before.playbook && !state.clean) autosave.changed(state.playbook);
    });
    setSession({ store, autosave, kept: found && serializePlaybook(found.playbook) !== serializePlaybook(loaded.playbook) ? found : null, live: loaded.live, draft: loaded.draft });
    const leave = () => autosave.keep();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      unsubscribe();
      void autosave.flush();
      autosave.stop();
    };
  }, [loaded, id]);

  const shared = useMemo(
    (): EditorShared | null => (session && catalog ? { id, store: session.store, autosave: session.autosave, catalog, mayEdit } : null),
    [id, session, catalog, mayEdit],
  );
  if (draft.error) return <ErrorState error={draft.error} retry={() => void draft.refetch()} />;
  if (facts.error) return <ErrorState error={facts.error} retry={() => void facts.refetch()} />;
  if (!shared || !session) return <SkeletonRows what="the playbook" />;
  return <EditorContext value={shared}>{narrow ? <NarrowEditor /> : <Editor kept={session.kept} live={session.live} draft={session.draft} />}</EditorContext>;
}
