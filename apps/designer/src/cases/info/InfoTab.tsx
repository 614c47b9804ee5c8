import type { CaseDetail } from "@drawbridge/protocol";
import { useQuery } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import { useIsNarrow } from "../../shared/use-is-narrow.ts";
import { wordsText } from "../../shared/format.ts";
import { caseRunsQuery } from "../case-queries.ts";
import { otherFields } from "./case-sections.ts";
import { FactCard } from "./FactCard.tsx";
import cardClasses from "./FactCard.module.css";
import { FactValue } from "./FactValue.tsx";
import { FileEventsGrid } from "./FileEventsGrid.tsx";
import classes from "./InfoTab.module.css";
import { LatestEntry } from "./LatestEntry.tsx";
import { RunStrip } from "./RunStrip.tsx";

/** What is known: alert, employee, endpoint, the run that found it, the files. */
export function InfoTab({ detail }: { detail: CaseDetail }) {
  const narrow = useIsNarrow();
  const runs = useQuery(caseRunsQuery(detail.id)).data?.items ?? [];
  const main = runs.find((run) => run.parent === null) ?? runs[0];
  const others = otherFields(detail.fields);
  return (
    <div className={classes.info}>
      {detail.resolution !== null && (
        <section className={`card ${classes.resolution}`} aria-label="Resolution">
          <span className="caption">Resolution</span>
          <p>{detail.resolution}</p>
        </section>
      )}
      <div className={classes.facts}>
        <FactCard section="alert" fields={detail.fields} />
        <FactCard section="employee" fields={detail.fields} />
        <FactCard section="endpoint" fields={detail.fields} />
      </div>
      {main && <RunStrip key={main.id} run={main} />}
      {narrow && <LatestEntry caseId={detail.id} />}
      <FileEventsGrid caseId={detail.id} events={detail.fileEvents} mayEdit={detail.mayEdit} />
      {others.length > 0 && (
        <section className={`card ${cardClasses.card}`} aria-label="Other facts">
          <header className={cardClasses.head}>
            <ListTree size={16} strokeWidth={1.75} className="muted" aria-hidden />
            Other facts
          </header>
          <dl className={cardClasses.facts}>
            {others.map((key) => {
              const fact = detail.fields[key];
              return (
                fact && (
                  <div key={key}>
                    <dt>{wordsText(key)}</dt>
                    <dd>
                      <FactValue name={key} value={fact.value} />
                    </dd>
                  </div>
                )
              );
            })}
          </dl>
        </section>
      )}
    </div>
  );
}
