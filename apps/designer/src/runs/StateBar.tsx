import type { RunSummary } from "@drawbridge/protocol";
import { statusLooks } from "../shared/StatusMark.tsx";
import classes from "./charts.module.css";

type States = { readonly [Status in RunSummary["status"]]: number };
const order = ["succeeded", "failed", "running", "paused", "cancelled"] as const;

/** How many there are in each state, in words. */
export const statesText = (states: States): string =>
  order
    .filter((status) => states[status] > 0)
    .map((status) => `${states[status].toLocaleString()} ${statusLooks[status].word.toLowerCase()}`)
    .join(", ");

/** The states of all runs as shares of one bar; what failed is only outlined. */
export function StateBar({ states }: { states: States }) {
  const all = order.reduce((sum, status) => sum + states[status], 0);
  let x = 0;
  return (
    <svg className={classes.states} viewBox="0 0 200 10" preserveAspectRatio="none" role="img" aria-label={statesText(states)}>
      <title>{statesText(states)}</title>
      {order.map((status) => {
        if (states[status] === 0) return null;
        const width = (states[status] / all) * 200;
        const rect = <rect key={status} data-status={status} x={x + 0.75} y={1} width={Math.max(1.5, width - 1.5)} height={8} />;
        x += width;
        return rect;
      })}
    </svg>
  );
}
