import { useQuery } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";

/** The editor of one playbook. */
export function EditorPage({ id }: { id: string }) {
  const draft = useQuery({ queryKey: ["playbook", id, "draft"], queryFn: async ({ signal }) => (await call("getDraft", { params: { id }, signal })).data });
  if (draft.error) return <ErrorState error={draft.error} retry={() => void draft.refetch()} />;
  if (!draft.data) return <SkeletonRows what="the playbook" />;
  return <PageHeader title={draft.data.playbook.name} />;
}
