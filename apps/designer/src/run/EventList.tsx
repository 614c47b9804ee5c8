import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { useMemo } from "react";
import { wholeTimeText } from "../shared/format.ts";
import { statusLooks } from "../shared/StatusMark.tsx";
import { VirtualList } from "../shared/VirtualList.tsx";
import classes from "./EventList.module.css";
import { eventSentence } from "./event-sentence.ts";
import { secondsText } from "./seconds-text.ts";

const nothingMore = () => undefined;

/** Every entry of the trace, newest first; one opens the run as it was then. */
export function EventList({ playbook, events, past, onOpen }: { playbook: Playbook; events: readonly TraceEvent[]; past: number | null; onOpen: (event: TraceEvent) => void }) {
  const newest = useMemo(() => [...events].reverse(), [events]);
  const current = past ?? events.length;
  return (
    <section className={classes.events} aria-label="Events">
      <header className={classes.head}>
        <h2>Events</h2>
        <span className="num muted">{events.length.toLocaleString()}</span>
      </header>
      <VirtualList items={newest} keyOf={(event) => String(event.seq)} height={26} label="Events, newest first" more={nothingMore} className={classes.list}>
        {(event) => {
          const { status, text } = eventSentence(event, playbook);
          const look = statusLooks[status];
          const Icon = look.icon;
          return (
            <button
              type="button"
              className={classes.event}
              data-seq={event.seq}
              data-current={event.seq === current || undefined}
              data-later={event.seq > current || undefined}
              title={`${text}\n${wholeTimeText(event.at)}`}
              onClick={() => onOpen(event)}
            >
              <span className={classes.seq}>{event.seq}</span>
              <span className={classes.at}>{secondsText(event.at)}</span>
              <span className={classes.icon} data-tone={look.tone}>
                <Icon size={14} strokeWidth={2} aria-label={look.word} />
              </span>
              <span className="cut">{text}</span>
            </button>
          );
        }}
      </VirtualList>
    </section>
  );
}
