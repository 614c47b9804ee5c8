import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { call } from "../api/call.ts";
import { catalogQuery } from "../api/catalog.ts";
import { useMay, useSession } from "../api/session.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { stepCatalogOf } from "../steps/step-catalog.ts";
import { DraftNews } from "./draft/DraftNews.tsx";
import { type OpenDraft, openDraft } from "./draft/open-draft.ts";
import { Editor } from "./Editor.tsx";
import { EditorContext, type EditorShared } from "./editor-context.ts";
import { NarrowEditor } from "./NarrowEditor.tsx";
import { useIsNarrow } from "./use-is-narrow.ts";

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
  const { id: personId, email } = useSession()?.person ?? {};
  const [opened, setOpened] = useState<OpenDraft | null>(null);

  useEffect(() => {
    if (!loaded || personId === undefined || email === undefined) return;
    const open = openDraft(loaded, { id: personId, email }, mayEdit);
    setOpened(open);
    return open.close;
  }, [loaded, personId, email, mayEdit]);

  const shared = useMemo(
    (): EditorShared | null => (opened && catalog ? { id, store: opened.store, draft: opened.draft, autosave: opened.autosave, catalog, mayEdit } : null),
    [id, opened, catalog, mayEdit],
  );
  if (draft.error) return <ErrorState error={draft.error} retry={() => void draft.refetch()} />;
  if (facts.error) return <ErrorState error={facts.error} retry={() => void facts.refetch()} />;
  if (!shared) return <SkeletonRows what="the playbook" />;
  return (
    <EditorContext value={shared}>
      <DraftNews />
      {narrow ? <NarrowEditor /> : <Editor />}
    </EditorContext>
  );
}
