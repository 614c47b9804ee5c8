import { useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { AskCard } from "../asks/AskCard.tsx";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { caseAsksQuery } from "./case-queries.ts";
import classes from "./TasksTab.module.css";

/** Every question of the case's runs, open ones first. */
export function TasksTab({ caseId }: { caseId: string }) {
  const asks = useQuery(caseAsksQuery(caseId));
  if (asks.error) return <ErrorState error={asks.error} retry={() => void asks.refetch()} />;
  if (!asks.data) return <SkeletonRows what="the tasks" />;
  const ordered = [...asks.data.items].sort((one, other) => Number(other.state === "open") - Number(one.state === "open") || other.openedAt.localeCompare(one.openedAt));
  if (ordered.length === 0) {
    return (
      <div className="card">
        <EmptyState icon={ListChecks} title="Nobody is asked anything">
          When a run of this case needs a person's word, its question is here and under Asks.
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className={classes.tasks}>
      {ordered.map((ask) => (
        <li key={ask.id} className={`card ${classes.task}`}>
          <AskCard ask={ask} />
        </li>
      ))}
    </ul>
  );
}
