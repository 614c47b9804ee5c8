import type { CaseDetail, WarRoomEntry } from "@drawbridge/protocol";
import { useQuery } from "@tanstack/react-query";
import { Activity, Briefcase, Clock, FileText, type LucideIcon, MessageSquare, Pin } from "lucide-react";
import { Fragment } from "react";
import { clockText, dayText, wholeTimeText } from "../shared/format.ts";
import { IntegrationTile, Tile } from "../shared/Tile.tsx";
import { useNow } from "../shared/use-now.ts";
import { caseRunsQuery } from "./case-queries.ts";
import { type Moment, timelineOf } from "./timeline-of.ts";
import classes from "./TimelineTab.module.css";

const icons: { readonly [Kind in Moment["kind"]]: LucideIcon } = { case: Briefcase, sla: Clock, run: Activity, entry: MessageSquare, evidence: Pin, file: FileText };

/** What happened, in order. */
export function TimelineTab({ detail, entries }: { detail: CaseDetail; entries: readonly WarRoomEntry[] }) {
  const runs = useQuery(caseRunsQuery(detail.id)).data?.items ?? [];
  const now = useNow(60_000);
  const moments = timelineOf(detail, runs, entries);
  return (
    <ol className={`card ${classes.timeline}`} aria-label="Timeline">
      {moments.map((moment, index) => {
        const day = dayText(moment.at, now);
        const before = moments[index - 1];
        return (
          <Fragment key={moment.key}>
            {(before === undefined || dayText(before.at, now) !== day) && <li className={classes.day}>{day}</li>}
            <li className={classes.moment}>
              <time className="num muted" dateTime={moment.at} title={wholeTimeText(moment.at)}>
                {clockText(moment.at)}
              </time>
              {moment.integration === null ? <Tile icon={icons[moment.kind]} size={20} /> : <IntegrationTile id={moment.integration} size={20} />}
              <b className="cut">{moment.by}</b>
              <span className="secondary cut">{firstLine(moment.text)}</span>
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}

const firstLine = (text: string) => (text.split("\n")[0] ?? "").replaceAll(/\\(?=[\\`*_[\]<>#|~])/g, "").replaceAll(/\*\*|`/g, "");
