import type { PlaybookRuns } from "@drawbridge/protocol";
import { dayAndClockText } from "../shared/format.ts";
import classes from "./charts.module.css";

const high = 24;

/** How many runs began in each part of the time; those that failed are outlined on top. */
export function StartBars({ bars, from, to }: { bars: PlaybookRuns["bars"]; from: string; to: string }) {
  const most = Math.max(1, ...bars.map(({ ended, failed, open }) => ended + failed + open));
  const all = bars.reduce((sum, { ended, failed, open }) => sum + ended + failed + open, 0);
  const failed = bars.reduce((sum, bar) => sum + bar.failed, 0);
  const words = `${all.toLocaleString()} runs began between ${dayAndClockText(from)} and ${dayAndClockText(to)}, ${failed.toLocaleString()} of them failed; ${most.toLocaleString()} at most in one bar`;
  const tall = (runs: number) => (runs === 0 ? 0 : Math.max(2, (runs / most) * (high - 2)));
  return (
    <svg className={classes.starts} width={bars.length * 6} height={high} viewBox={`0 0 ${bars.length * 6} ${high}`} role="img" aria-label={words}>
      <title>{words}</title>
      {bars.map((bar, index) => {
        const fine = tall(bar.ended + bar.open);
        const wrong = tall(bar.failed);
        return (
          <g key={index} transform={`translate(${index * 6} 0)`}>
            {fine + wrong === 0 && <rect data-status="none" x={0} y={high - 1} width={4.5} height={1} />}
            {fine > 0 && <rect data-status={bar.open > 0 ? "running" : "succeeded"} x={0} y={high - fine} width={4.5} height={fine} />}
            {wrong > 0 && <rect data-status="failed" x={0.5} y={Math.max(0.5, high - fine - wrong + 0.5)} width={3.5} height={Math.max(1, wrong - 1)} />}
          </g>
        );
      })}
    </svg>
  );
}
