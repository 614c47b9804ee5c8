import { useQuery } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";

/** One run. */
export function RunPage({ id }: { id: string }) {
  const run = useQuery({ queryKey: ["run", id], queryFn: async ({ signal }) => (await call("getRun", { params: { id }, signal })).data });
  if (run.error) return <ErrorState error={run.error} retry={() => void run.refetch()} />;
  if (!run.data) return <SkeletonRows what="the run" />;
  return <PageHeader title={run.data.run.playbook.name} />;
}
