import type { ReactNode } from "react";
import { changeLooks } from "../canvas/ChangeSign.tsx";
import { countText } from "../shared/format.ts";
import { ChangeCounts } from "./ChangeCounts.tsx";
import classes from "./ChangeSummary.module.css";
import { type Comparison, countsOf } from "./comparison.ts";

/** So many changes are named, what means something to a run first. */
const mostNamed = 6;

/** What differs in a few lines: how many of each kind, and which. `action` leads to all of it. */
export function ChangeSummary({ comparison: { changes }, action }: { comparison: Pick<Comparison, "changes">; action?: ReactNode }) {
  const named = [...changes].sort((one, other) => Number(one.kind === "moved") - Number(other.kind === "moved")).slice(0, mostNamed);
  return (
    <section className={classes.summary} aria-label="What will change">
      <div className={classes.head}>
        <b>{countText(changes.length, "change")}</b>
        <ChangeCounts counts={countsOf(changes)} />
        <span className="grow" />
        {action}
      </div>
      <ul className={classes.list}>
        {named.map(({ key, kind, title, rows }) => {
          const { icon: Icon, word } = changeLooks[kind];
          return (
            <li key={key} className={classes.line} data-kind={kind}>
              <Icon size={12} strokeWidth={2.5} aria-label={word} role="img" />
              <span className={classes.name}>{title}</span>
              {kind === "changed" && <span className={`${classes.fields} cut`}>{[...new Set(rows.map(({ label }) => label))].join(", ")}</span>}
            </li>
          );
        })}
        {changes.length > named.length && <li className={classes.rest}>and {countText(changes.length - named.length, "other")}</li>}
      </ul>
    </section>
  );
}
