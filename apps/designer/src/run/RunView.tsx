import { type StepState, stepOf, stepsOf } from "@drawbridge/interpreter";
import { SegmentedControl } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Crosshair, List, Workflow } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Answer } from "../api/call.ts";
import { useConnection } from "../api/live.ts";
import { Outline } from "../canvas/Outline.tsx";
import { PlaybookCanvas } from "../canvas/PlaybookCanvas.tsx";
import type { CanvasApi } from "../canvas/use-view.ts";
import type { StepView } from "../canvas/step-view.ts";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { useLiveNow } from "../shared/use-live-now.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { attemptBars } from "./attempt-bars.ts";
import { criticalPath } from "./critical-path.ts";
import { EventList } from "./EventList.tsx";
import { RunDetails } from "./RunDetails.tsx";
import { type RunHistory, runAt } from "./run-history.ts";
import { RunHeader } from "./RunHeader.tsx";
import classes from "./RunView.module.css";
import { StepDetails } from "./StepDetails.tsx";
import { edgeStateOf, stepViewOf, summaryText } from "./step-views.ts";
import { stepOfEvent } from "./event-sentence.ts";
import { Timeline } from "./Timeline.tsx";
import { type Moment, useMoment } from "./use-moment.ts";

const underWay: ReadonlySet<StepState["status"]> = new Set(["running", "asking", "sleeping", "in-doubt"]);

/** A run as graph or list, with its time line, its events and what the selected step did. */
export function RunView({ detail, history, catalog }: { detail: Answer<"getRun">; history: RunHistory; catalog: StepCatalog }) {
  const { playbook } = detail;
  const { plan, events } = history;
  const narrow = useIsNarrow();
  const [moment, setMoment] = useMoment();
  const past = moment.seq === null || moment.seq >= events.length ? null : moment.seq;
  const [view, setView] = useState<"canvas" | "outline">("canvas");
  const [following, setFollowing] = useState(true);
  const canvas = useRef<CanvasApi>(null);
  const hidden = useMemo(() => new Set(detail.hidden), [detail.hidden]);

  const run = useMemo(() => (past === null ? history.run : runAt(history, past)), [history, past]);
  const over = run?.endedAt !== null;
  const tick = useLiveNow();
  const stale = useConnection(({ state }) => state === "lost") && !over;
  const lastAt = events[(past ?? events.length) - 1]?.at ?? 0;
  const now = past !== null || over ? lastAt : Math.max(tick, lastAt);

  const stateOf = useCallback((id: string): StepState => (run ? stepOf(run, plan, id) : { status: "waiting", attempts: 0 }), [run, plan]);
  const stepViews = useCallback(
    (id: string): StepView | undefined => {
      if (hidden.has(id)) return { status: "waiting", hidden: true };
      return playbook.steps[id] && stepViewOf(playbook, id, stateOf(id), stateOf, now);
    },
    [hidden, playbook, stateOf, now],
  );
  const edgeState = useMemo(() => edgeStateOf(playbook, hidden, stateOf), [playbook, hidden, stateOf]);
  const summary = useMemo(() => (run ? summaryText([...stepsOf(run, plan)].flatMap(([id, state]) => (hidden.has(id) ? [] : [state]))) : ""), [run, plan, hidden]);
  const current = useMemo(() => {
    if (!run) return null;
    let found: { readonly id: string; readonly at: number } | null = null;
    for (const [id, { status, startedAt = 0 }] of stepsOf(run, plan))
      if (underWay.has(status) && !hidden.has(id) && (!found || startedAt >= found.at)) found = { id, at: startedAt };
    return found?.id ?? null;
  }, [run, plan, hidden]);
  const bars = useMemo(() => (past === null ? history.bars : attemptBars(history.events.slice(0, past))), [history, past]);

  useEffect(() => {
    if (following && past === null && current !== null && view === "canvas") canvas.current?.show(current, true);
  }, [following, past, current, view]);

  const selected = moment.step !== null && playbook.steps[moment.step] ? moment.step : null;
  const selection = useMemo(() => (selected === null ? [] : [selected]), [selected]);
  const choose = (ids: readonly string[]) => setMoment({ step: ids.find((id) => playbook.steps[id]) ?? null });
  const select = (id: string | null) => {
    setMoment({ step: id });
    if (id !== null) canvas.current?.show(id, true);
  };
  const travel = (seq: number | null) => setMoment({ seq: seq === null || seq >= events.length ? null : Math.max(1, seq) });
  useHotkeys([
    [",", () => travel((past ?? events.length) - 1)],
    [".", () => past !== null && travel(past + 1)],
  ]);
  const critical = useMemo(() => criticalPath(playbook, stateOf), [playbook, stateOf]);
  const link = linkTo(detail.run.id, { seq: past, step: selected });

  const details =
    selected === null ? (
      <RunDetails detail={detail} run={run} />
    ) : (
      <StepDetails
        key={selected}
        id={selected}
        detail={detail}
        history={history}
        run={run}
        state={stateOf(selected)}
        stateOf={stateOf}
        hidden={hidden.has(selected)}
        bars={bars}
        catalog={catalog}
        now={now}
        past={past !== null}
        onSelect={select}
        onClose={() => select(null)}
      />
    );
  const outline = <Outline playbook={playbook} catalog={catalog} selection={selection} onSelect={choose} stepViews={stepViews} />;
  const header = <RunHeader detail={detail} history={history} selected={selected !== null && !hidden.has(selected) ? selected : null} catalog={catalog} narrow={narrow} />;

  if (narrow)
    return (
      <div className={classes.narrow}>
        {header}
        <div className={classes.narrowBody}>
          {selected === null && <p className={classes.narrowSummary}>{summary}</p>}
          {selected === null ? outline : details}
        </div>
      </div>
    );
  return (
    <div className={classes.page}>
      {header}
      <div className={classes.body}>
        <div className={classes.left}>
          <div className={classes.stage} data-past={past !== null || undefined} data-stale={stale || undefined}>
            {view === "canvas" ? (
              <PlaybookCanvas
                ref={canvas}
                playbook={playbook}
                catalog={catalog}
                mode="run"
                selection={selection}
                onSelect={choose}
                stepViews={stepViews}
                edgeState={edgeState}
                startLabel={startText(detail.run.trigger.kind)}
                startStatus="succeeded"
                onUserMove={() => setFollowing(false)}
              />
            ) : (
              <div className={classes.outline}>{outline}</div>
            )}
            <div className={classes.views}>
              <SegmentedControl
                aria-label="How the steps are shown"
                value={view}
                onChange={(value) => setView(value as "canvas" | "outline")}
                data={[
                  { value: "canvas", label: <Segment icon={Workflow} text="Canvas" /> },
                  { value: "outline", label: <Segment icon={List} text="Outline" /> },
                ]}
              />
            </div>
            <div className={classes.summary}>
              {view === "canvas" && !over && (
                <button
                  type="button"
                  className={classes.follow}
                  aria-pressed={following && past === null}
                  onClick={() => {
                    setFollowing(!following || past !== null);
                    setMoment({ seq: null });
                  }}
                >
                  <Crosshair size={14} strokeWidth={2} aria-hidden />
                  {following && past === null ? "Following" : "Follow"}
                </button>
              )}
              <span className="num" aria-live="polite">
                {summary}
              </span>
            </div>
          </div>
          <div className={classes.bottom}>
            <Timeline
              playbook={playbook}
              hidden={hidden}
              bars={bars}
              events={events}
              past={past}
              now={now}
              selected={selected}
              critical={critical}
              link={link}
              onSelect={select}
              onTravel={travel}
            />
            <EventList
              playbook={playbook}
              events={events}
              past={past}
              onOpen={(event) => {
                const step = stepOfEvent(event);
                const there = step !== null && playbook.steps[step] && !hidden.has(step) ? step : null;
                setMoment({ seq: event.seq >= events.length ? null : event.seq, ...(there !== null && { step: there }) });
                if (there !== null) canvas.current?.show(there, true);
              }}
            />
          </div>
        </div>
        <aside className={classes.side} aria-label="Details">
          {details}
        </aside>
      </div>
    </div>
  );
}

function linkTo(run: string, { seq, step }: Moment): string {
  const address = new URL(`/runs/${run}`, window.location.origin);
  if (seq !== null) address.searchParams.set("seq", String(seq));
  if (step !== null) address.searchParams.set("step", step);
  return address.href;
}

function Segment({ icon: Icon, text }: { icon: typeof List; text: string }) {
  return (
    <span className={classes.segment}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {text}
    </span>
  );
}

const starts: { readonly [kind: string]: string } = {
  alert: "Alert raised",
  webhook: "Webhook called",
  schedule: "Scheduled",
  call: "Called by a run",
  case: "Case",
  "war-room": "War room",
};
const startText = (kind: string) => starts[kind] ?? "Started by hand";
