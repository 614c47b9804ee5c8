import type { PlaybookSummary } from "@drawbridge/protocol";
import classes from "./RunBars.module.css";

const count = 12;
const height = 22;

/** The last twelve runs as bars, oldest first: as high as they took long, a failed one only outlined. */
export function RunBars({ runs }: { runs: PlaybookSummary["recentRuns"] }) {
  if (runs.length === 0) return <span className="muted">No runs</span>;
  const shown = runs.slice(0, count).reverse();
  const longest = Math.max(1, ...shown.map((run) => run.durationMs ?? 0));
  const succeeded = shown.filter((run) => run.status === "succeeded").length;
  const missing = count - shown.length;
  return (
    <svg
      className={classes.bars}
      width={count * 8}
      height={height}
      viewBox={`0 0 ${count * 8} ${height}`}
      role="img"
      aria-label={`${succeeded} of the last ${shown.length} runs succeeded`}
    >
      {Array.from({ length: missing }, (_, index) => (
        <rect key={`none-${index}`} x={index * 8} y={height - 2} width={5.5} height={2} rx={1} data-status="none" />
      ))}
      {shown.map((run, index) => {
        const bar = run.durationMs === null ? 14 : Math.max(5, Math.round(Math.sqrt(run.durationMs / longest) * (height - 4)));
        return <rect key={run.id} x={(missing + index) * 8 + 0.5} y={height - bar - 0.5} width={5} height={bar} rx={1.5} data-status={run.status} />;
      })}
    </svg>
  );
}
