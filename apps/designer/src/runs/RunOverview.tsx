import type { RunStats } from "@drawbridge/protocol";
import { useState } from "react";
import { countText, dayAndClockText, durationText } from "../shared/format.ts";
import classes from "./RunOverview.module.css";
import { StartBars } from "./StartBars.tsx";
import { StateBar, statesText } from "./StateBar.tsx";
import { TookRange } from "./TookRange.tsx";

const few = 4;

/** The runs that match, by playbook: how they ended, when they began, and how long they took. */
export function RunOverview({ stats, onChoose }: { stats: RunStats; onChoose: (playbook: string) => void }) {
  const [all, setAll] = useState(false);
  const { playbooks } = stats;
  const longest = Math.max(...playbooks.map(({ took }) => took?.p95 ?? 0));
  const shown = all ? playbooks : playbooks.slice(0, few);
  return (
    <section className={`card ${classes.overview}`} aria-label="Runs by playbook">
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Playbook</th>
              <th scope="col">How they stand</th>
              <th scope="col" className={classes.wide}>
                {stats.runs === 0 ? "Began" : `Began since ${dayAndClockText(stats.from)}`}
              </th>
              <th scope="col" colSpan={2} title="Half of the runs that ended took no longer than p50, 95 of 100 no longer than p95">
                Took, p50 and p95
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.id}>
                <th scope="row">
                  <button type="button" className={`${classes.name} cut`} title={`Only runs of ${each.name}`} onClick={() => onChoose(each.id)}>
                    {each.name}
                  </button>
                  <span className={`${classes.facts} num`}>{countText(each.runs, "run")}</span>
                </th>
                <td className={classes.stands}>
                  <StateBar states={each.states} />
                  <span className={`${classes.facts} cut num`}>{statesText(each.states)}</span>
                </td>
                <td className={classes.wide}>
                  <StartBars bars={each.bars} from={stats.from} to={stats.to} />
                </td>
                <td className={classes.wide}>{each.took && <TookRange took={each.took} longest={longest} />}</td>
                <td className={`${classes.took} num`}>
                  {each.took === null ? <span className="muted">None ended</span> : <Percentiles p50={each.took.p50} p95={each.took.p95} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {playbooks.length > few && (
        <button type="button" className={classes.more} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${playbooks.length} playbooks`}
        </button>
      )}
    </section>
  );
}

function Percentiles({ p50, p95 }: { p50: number; p95: number }) {
  return (
    <>
      <span>
        <abbr title="Half took no longer">p50</abbr> {durationText(p50)}
      </span>
      <span>
        <abbr title="95 of 100 took no longer">p95</abbr> {durationText(p95)}
      </span>
    </>
  );
}
