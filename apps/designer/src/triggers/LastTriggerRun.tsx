import type { TriggerView } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { StatusMark } from "../shared/StatusMark.tsx";

/** The run that a trigger started last; `className` is that of its link. */
export function LastTriggerRun({ trigger: { lastRun, lastFiredAt }, className }: { trigger: TriggerView; className?: string | undefined }) {
  if (lastFiredAt === null) return <span className="muted">Never fired</span>;
  return (
    <span className="row">
      {lastRun === null ? (
        <span className="muted">Fired</span>
      ) : (
        <Link to="/runs/$id" params={{ id: lastRun.id }} className={className} aria-label={`Its last run, ${lastRun.status}`}>
          <StatusMark status={lastRun.status} />
        </Link>
      )}
      <span className="muted">
        <RelativeTime at={lastFiredAt} />
      </span>
    </span>
  );
}
