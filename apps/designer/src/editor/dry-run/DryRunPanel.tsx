import { Alert, Button } from "@mantine/core";
import { X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { eventSentence, stepOfEvent } from "../../run/event-sentence.ts";
import { StatusMark } from "../../shared/StatusMark.tsx";
import type { RunValues } from "../completion/run-values.ts";
import { usePlaybook, useSelectedStep } from "../editor-context.ts";
import inspector from "../Inspector.module.css";
import form from "../form/form.module.css";
import { AnswerForm } from "./AnswerForm.tsx";
import { AtStop } from "./AtStop.tsx";
import { BreakpointFields } from "./BreakpointFields.tsx";
import { CoverageLegend } from "./CoverageLegend.tsx";
import { haltText } from "./dry-run-view.ts";
import { DryRunControls } from "./DryRunControls.tsx";
import classes from "./DryRunPanel.module.css";
import { DryRunStart, type Start } from "./DryRunStart.tsx";
import { PinList } from "./PinList.tsx";
import { StepValues } from "./StepValues.tsx";
import type { DryRunControl } from "./use-dry-run.ts";

/** Runs the draft in this browser against simulators: stepping, with breakpoints, deciding and answering as one goes. */
export function DryRunPanel({ control, values, onClose }: { control: DryRunControl; values: RunValues | null; onClose: () => void }) {
  const playbook = usePlaybook();
  const selected = useSelectedStep();
  const [start, setStart] = useState<Start>({ input: {}, scenario: null });
  const { session, view } = control;
  const begin = (how: "continue" | "step") => {
    const { scenario } = start;
    void control.begin({ input: scenario?.input ?? start.input, answers: scenario?.answers ?? {}, scenario }, how);
  };
  useDebuggerKeys({
    F8: () => (session ? void control.continue() : begin("continue")),
    F10: () => (session ? void control.stepOver() : begin("step")),
    F9: () => selected !== null && control.breakAt(selected, control.breakpoints.has(selected) ? undefined : null),
    busy: control.busy,
  });
  const name = (id: string) => playbook.steps[id]?.name ?? id;
  const stale = session !== null && session.playbook !== playbook;
  const stopped = view?.halt?.reason === "breakpoint" ? view.halt.step : null;
  return (
    <>
      <header className={inspector.head}>
        <div className="grow">
          <h2 className={inspector.name}>Dry run</h2>
          <p className={inspector.facts}>In this browser, against simulators. Nothing outside is touched.</p>
        </div>
        <Button size="compact-xs" variant="subtle" color="gray" leftSection={<X size={13} aria-hidden />} onClick={onClose}>
          Close
        </Button>
      </header>
      <DryRunControls control={control} onBegin={begin} />
      <div className={classes.body}>
        {control.problem && (
          <Alert color="red" title="The dry run could not go on">
            {control.problem}
          </Alert>
        )}
        {stale && <p className={classes.note}>The draft changed since this dry run began. Start over to try the changes.</p>}
        {!session && <DryRunStart start={start} onChange={setStart} />}
        {view && (
          <p className={classes.halt} data-status={view.status}>
            {haltText(view, name)}
          </p>
        )}
        {view?.problems.map((problem) => (
          <p key={problem} className={form.error}>
            {problem}
          </p>
        ))}
        {stopped !== null && <AtStop key={stopped} id={stopped} step={playbook.steps[stopped]} control={control} />}
        {view?.asks.map(({ step, state: asking }) => (
          <AnswerForm
            key={step}
            step={step}
            title={asking.ask?.title ?? name(step)}
            prompt={asking.ask?.prompt ?? ""}
            branches={asking.ask?.branches.map((branch) => branch.label) ?? []}
            fields={asking.ask?.fields ?? []}
            busy={control.busy}
            onAnswer={(answer, given) => void control.answer(step, { answer, values: given })}
          />
        ))}
        {selected === null ? (
          <p className={form.help}>Select a step to put a breakpoint on it and to see its values.</p>
        ) : (
          <section className={classes.values} aria-label="The selected step">
            <h3>{name(selected)}</h3>
            <BreakpointFields key={selected} id={selected} control={control} values={values} />
            {view && (
              <StepValues
                state={view.states.get(selected) ?? { status: "waiting", attempts: 0 }}
                pinned={Object.hasOwn(control.pins, selected)}
                onPin={isPinnable(playbook.steps[selected]?.kind) ? (output) => control.pin(selected, output) : null}
              />
            )}
          </section>
        )}
        <PinList control={control} />
        <CoverageLegend control={control} />
        <Events control={control} />
      </div>
    </>
  );
}

/** Whether a step of this kind does work whose result can be kept. */
const isPinnable = (kind: string | undefined) => kind === "action" || kind === "script" || kind === "call";

function Events({ control: { view, session, select } }: { control: DryRunControl }) {
  const events = useMemo(
    () =>
      view && session
        ? [...view.trace]
            .reverse()
            .slice(0, 200)
            .map((event) => ({ event, ...eventSentence(event, session.playbook) }))
        : [],
    [view, session],
  );
  if (events.length === 0) return null;
  return (
    <section aria-label="Events">
      <h3 className={classes.heading}>Events, newest first</h3>
      <ol className={classes.events}>
        {events.map(({ event, status, text }) => {
          const step = stepOfEvent(event);
          return (
            <li key={event.seq}>
              <span className="num muted">{event.seq}</span>
              <StatusMark status={status} word="" />
              {step !== null && session?.playbook.steps[step] ? (
                <button type="button" className={classes.event} onClick={() => select(step)}>
                  {text}
                </button>
              ) : (
                <span className={classes.event}>{text}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** F8 continues, F10 steps over, F9 sets a breakpoint; everywhere in the editor while the dry run is open. */
function useDebuggerKeys(keys: { readonly F8: () => unknown; readonly F9: () => unknown; readonly F10: () => unknown; readonly busy: boolean }): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key } = event;
      if (key !== "F8" && key !== "F9" && key !== "F10") return;
      event.preventDefault();
      if (!latest.current.busy) latest.current[key]();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
