import { changeLooks } from "../canvas/ChangeSign.tsx";
import type { ChangeKind } from "../canvas/step-view.ts";
import classes from "./ChangeSummary.module.css";
import { changeKinds, countsText } from "./comparison.ts";

/** How many changes of each kind, as signs with numbers. */
export function ChangeCounts({ counts }: { counts: { readonly [Kind in ChangeKind]: number } }) {
  return (
    <span className={classes.counts} title={countsText(counts)} role="img" aria-label={countsText(counts)}>
      {changeKinds.flatMap((kind) => {
        const { icon: Icon } = changeLooks[kind];
        return counts[kind] === 0
          ? []
          : [
              <span key={kind} className={classes.count} data-kind={kind}>
                <Icon size={11} strokeWidth={2.5} aria-hidden />
                {counts[kind].toLocaleString()}
              </span>,
            ];
      })}
    </span>
  );
}
