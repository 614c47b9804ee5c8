import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { RunRow, RunRowHead } from "../runs/RunRow.tsx";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { caseRunsQuery } from "./case-queries.ts";

/** The runs that work on the case. */
export function RunsTab({ caseId }: { caseId: string }) {
  const runs = useQuery(caseRunsQuery(caseId));
  if (runs.error) return <ErrorState error={runs.error} retry={() => void runs.refetch()} />;
  if (!runs.data) return <SkeletonRows what="the runs" />;
  return (
    <div className="card" style={{ overflow: "hidden" }}>
      {runs.data.items.length === 0 ? (
        <EmptyState icon={Activity} title="No run works on this case">
          “Run a playbook” above starts one.
        </EmptyState>
      ) : (
        <>
          <RunRowHead />
          <ul aria-label="Runs of the case">
            {runs.data.items.map((run) => (
              <li key={run.id} style={{ height: 52 }}>
                <RunRow run={run} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
