import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { NativeSelect, TextInput } from "@mantine/core";
import { useDeferredValue, useMemo, useState } from "react";
import { wholeTimeText } from "../shared/format.ts";
import { statusLooks } from "../shared/StatusMark.tsx";
import { VirtualList } from "../shared/VirtualList.tsx";
import { type EventKind, eventKinds, isOfKind } from "./event-kinds.ts";
import classes from "./EventList.module.css";
import { eventSentence } from "./event-sentence.ts";
import { secondsText } from "./seconds-text.ts";

const nothingMore = () => undefined;
const words: { readonly [Kind in EventKind]: string } = { all: "All events", steps: "Steps", calls: "Calls", people: "People", failures: "Failures" };

/** Every entry of the trace, newest first, of one kind or with some words; one opens the run as it was then. */
export function EventList({ playbook, events, past, onOpen }: { playbook: Playbook; events: readonly TraceEvent[]; past: number | null; onOpen: (event: TraceEvent) => void }) {
  const [kind, setKind] = useState<EventKind>("all");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const newest = useMemo(() => {
    const matching =
      kind === "all" && wanted === "" ? [...events] : events.filter((event) => isOfKind(event, kind) && eventSentence(event, playbook).text.toLowerCase().includes(wanted));
    return matching.reverse();
  }, [events, kind, wanted, playbook]);
  const current = past ?? events.length;
  return (
    <section className={classes.events} aria-label="Events">
      <header className={classes.head}>
        <h2>Events</h2>
        <span className="num muted">
          {newest.length === events.length ? events.length.toLocaleString() : `${newest.length.toLocaleString()} of ${events.length.toLocaleString()}`}
        </span>
        <span className="grow" />
        <NativeSelect
          size="xs"
          aria-label="Which events"
          value={kind}
          data={eventKinds.map((value) => ({ value, label: words[value] }))}
          onChange={(event) => setKind(event.currentTarget.value as EventKind)}
        />
        <TextInput size="xs" w={96} type="search" aria-label="Find in events" placeholder="Find" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </header>
      {newest.length === 0 ? (
        <p className={classes.none}>No event matches.</p>
      ) : (
        <VirtualList items={newest} keyOf={(event) => String(event.seq)} height={26} label="Events, newest first" more={nothingMore} className={classes.list}>
          {(event) => {
            const { status, text: sentence } = eventSentence(event, playbook);
            const look = statusLooks[status];
            const Icon = look.icon;
            return (
              <button
                type="button"
                className={classes.event}
                data-seq={event.seq}
                data-current={event.seq === current || undefined}
                data-later={event.seq > current || undefined}
                title={`${sentence}\n${wholeTimeText(event.at)}`}
                onClick={() => onOpen(event)}
              >
                <span className={classes.seq}>{event.seq}</span>
                <span className={classes.at}>{secondsText(event.at)}</span>
                <span className={classes.icon} data-tone={look.tone}>
                  <Icon size={14} strokeWidth={2} aria-label={look.word} />
                </span>
                <span className="cut">{sentence}</span>
              </button>
            );
          }}
        </VirtualList>
      )}
    </section>
  );
}
