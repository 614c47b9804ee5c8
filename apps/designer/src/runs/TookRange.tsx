import type { PlaybookRuns } from "@drawbridge/protocol";
import classes from "./charts.module.css";

const wide = 120;

/** Half of the runs took no longer than the mark, 95 of 100 no longer than the bar; all playbooks on one scale, which grows by powers. */
export function TookRange({ took, longest }: { took: NonNullable<PlaybookRuns["took"]>; longest: number }) {
  const scale = Math.log10(Math.max(10, longest));
  const at = (ms: number) => 2 + (Math.log10(Math.max(1, ms)) / scale) * (wide - 4);
  return (
    <svg className={classes.range} width={wide} height={14} viewBox={`0 0 ${wide} 14`} aria-hidden>
      <line x1={0} x2={wide} y1={7} y2={7} data-part="scale" />
      <rect x={2} y={4.5} width={Math.max(2, at(took.p95) - 2)} height={5} rx={2.5} data-part="p95" />
      <rect x={at(took.p50) - 1.25} y={1} width={2.5} height={12} rx={1} data-part="p50" />
    </svg>
  );
}
