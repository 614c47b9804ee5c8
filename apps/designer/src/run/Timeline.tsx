import type { TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { ActionIcon, Button } from "@mantine/core";
import { Activity, ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { CopyButton } from "../shared/CopyButton.tsx";
import { countText, durationText } from "../shared/format.ts";
import type { AttemptBar } from "./attempt-bars.ts";
import { barWords } from "./bar-words.ts";
import { packBars } from "./pack-bars.ts";
import { secondsText } from "./seconds-text.ts";
import classes from "./Timeline.module.css";

interface TimelineProps {
  readonly playbook: Playbook;
  readonly hidden: ReadonlySet<string>;
  readonly bars: readonly AttemptBar[];
  readonly events: readonly TraceEvent[];
  readonly past: number | null;
  readonly now: number;
  readonly selected: string | null;
  /** Steps that decided how long it took. */
  readonly critical: ReadonlySet<string>;
  /** Leads back to what is looked at now. */
  readonly link: string;
  readonly onSelect: (id: string) => void;
  readonly onTravel: (seq: number | null) => void;
}

/** What worked and what waited, by time; and the way to any earlier event. */
export function Timeline({ playbook, hidden, bars, events, past, now, selected, critical, link, onSelect, onTravel }: TimelineProps) {
  const start = events[0]?.at ?? 0;
  const end = Math.max(past === null ? now : (events.at(-1)?.at ?? now), start + 1);
  const last = events.length;
  const seq = past ?? last;
  const at = events[seq - 1]?.at ?? start;
  const rows = useMemo(() => {
    const byStep = new Map<string, AttemptBar[]>();
    for (const bar of bars) {
      if (hidden.has(bar.step) || !playbook.steps[bar.step]) continue;
      const row = byStep.get(bar.step);
      if (row) row.push(bar);
      else byStep.set(bar.step, [bar]);
    }
    return [...byStep];
  }, [bars, hidden, playbook]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    if (selected !== null) box.querySelector("[data-selected]")?.scrollIntoView({ block: "nearest" });
    else if (past === null) box.scrollTop = box.scrollHeight;
  }, [rows.length, selected, past]);
  const part = (time: number) => Math.max(0, Math.min(1, (time - start) / (end - start))) * 100;
  const attempts = bars.filter(({ kind }) => kind === "attempt").length;
  return (
    <section className={classes.timeline} aria-label="Timeline">
      <header className={classes.head}>
        <h2>Timeline</h2>
        <span className="muted num">{countText(attempts, "attempt")}</span>
        <span className="grow" />
        <ActionIcon size="sm" aria-label="Previous event" aria-keyshortcuts="," title="Previous event (,)" disabled={seq <= 1} onClick={() => onTravel(seq - 1)}>
          <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
        <span className={classes.at}>
          {secondsText(past === null ? now : at)}
          <span className="unseen">, event {seq}</span>
        </span>
        <ActionIcon size="sm" aria-label="Next event" aria-keyshortcuts="." title="Next event (.)" disabled={past === null} onClick={() => onTravel(seq + 1)}>
          <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
        <CopyButton value={link} label="Copy a link to this moment" />
        {past === null ? (
          <span className={classes.now}>
            <Activity size={14} strokeWidth={2} aria-hidden />
            Now
          </span>
        ) : (
          <Button size="sm" leftSection={<Activity size={14} strokeWidth={2} aria-hidden />} onClick={() => onTravel(null)}>
            Back to live
          </Button>
        )}
      </header>
      <div className={classes.travel}>
        <span className="muted num">{past === null ? `Event ${last}` : `Event ${seq} of ${last}`}</span>
        <input
          type="range"
          className={classes.slider}
          aria-label="Event to look at"
          aria-valuetext={`Event ${seq} of ${last}, ${secondsText(at)}`}
          min={1}
          max={Math.max(1, last)}
          value={seq}
          onChange={(event) => onTravel(Number(event.currentTarget.value))}
        />
      </div>
      <div ref={list} className={classes.rows}>
        <div className={classes.scale} aria-hidden>
          <span />
          <span className={classes.ticks}>
            <span>{secondsText(start)}</span>
            <span>+{durationText((end - start) / 2)}</span>
            <span>+{durationText(end - start)}</span>
          </span>
        </div>
        {rows.map(([id, row]) => (
          <button
            key={id}
            type="button"
            className={classes.row}
            data-selected={id === selected || undefined}
            data-critical={critical.has(id) || undefined}
            title={critical.has(id) ? "On the critical path: it decided how long the run took" : undefined}
            onClick={() => onSelect(id)}
          >
            <span className={`${classes.name} cut`}>{playbook.steps[id]?.name}</span>
            <span className={classes.track}>
              {packBars(row, start, end).map(({ bar, count, ...drawn }, index) => {
                const from = part(drawn.from);
                const to = part(drawn.to);
                return (
                  <span
                    key={index}
                    className={classes.bar}
                    data-kind={bar.kind}
                    data-tone={bar.tone}
                    style={{ left: `${from}%`, width: `${to - from}%` }}
                    title={
                      count > 1 ? `${countText(count, "attempt")} and pauses` : `${barWords(bar)}, ${durationText((bar.to ?? end) - bar.from)}${bar.to === null ? " so far" : ""}`
                    }
                  />
                );
              })}
              {past !== null && <span className={classes.cursor} style={{ left: `${part(at)}%` }} />}
            </span>
          </button>
        ))}
        {rows.length === 0 && <p className={classes.none}>No step has called anything yet.</p>}
      </div>
    </section>
  );
}
