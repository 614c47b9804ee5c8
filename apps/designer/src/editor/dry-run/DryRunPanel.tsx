import type { Scenario } from "@drawbridge/engine";
import type { Json } from "@drawbridge/playbook";
import { Alert, Button, FileButton, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleDot, FastForward, FileUp, RotateCcw, StepForward, X } from "lucide-react";
import { useMemo, useState } from "react";
import { JsonTree } from "../../shared/JsonTree.tsx";
import { StatusMark } from "../../shared/StatusMark.tsx";
import { eventSentence, stepOfEvent } from "../../run/event-sentence.ts";
import { useEditor, usePlaybook, useSelectedStep } from "../editor-context.ts";
import form from "../form/form.module.css";
import { InputsForm } from "../InputsForm.tsx";
import inspector from "../Inspector.module.css";
import classes from "./DryRunPanel.module.css";
import type { DryRunControl } from "./use-dry-run.ts";
import { sampleAlerts } from "./sample-alerts.ts";

/** Runs the draft in this browser against simulators: stepping, with breakpoints, answering as one goes. */
export function DryRunPanel({ control, onClose }: { control: DryRunControl; onClose: () => void }) {
  const { catalog } = useEditor();
  const playbook = usePlaybook();
  const selected = useSelectedStep();
  const [input, setInput] = useState<{ readonly [key: string]: Json }>({});
  const [scenarioText, setScenarioText] = useState<{ readonly name: string; readonly value: Scenario } | null>(null);
  const [scenarioProblem, setScenarioProblem] = useState<string | null>(null);
  const triggers = JSON.stringify(playbook.triggers ?? []);
  const alerts = useQuery({ queryKey: ["sample-alerts", playbook.id, triggers, catalog.connections.length], queryFn: () => sampleAlerts(playbook, catalog), staleTime: Infinity });
  const { session, view } = control;
  const begin = () => control.begin({ input: scenarioText?.value.input ?? input, answers: scenarioText?.value.answers ?? {}, scenario: scenarioText?.value ?? null });
  const readScenario = async (file: File | null) => {
    if (!file) return;
    try {
      const { scenario } = await import("@drawbridge/engine");
      const value = scenario.parse(JSON.parse(await file.text()));
      setScenarioText({ name: value.name, value });
      setScenarioProblem(null);
    } catch (error) {
      setScenarioProblem(error instanceof Error ? error.message.slice(0, 300) : String(error));
    }
  };
  const state = selected !== null && view ? view.states.get(selected) : undefined;
  const stale = session !== null && session.playbook !== playbook;
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
      <div className={classes.controls} role="toolbar" aria-label="Dry run">
        {!session ? (
          <>
            <Button size="xs" leftSection={<FastForward size={13} aria-hidden />} loading={control.busy} onClick={() => void begin().then((made) => made && control.continue())}>
              Run
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<StepForward size={13} aria-hidden />}
              disabled={control.busy}
              onClick={() => void begin().then((made) => made && control.step())}
            >
              Step
            </Button>
          </>
        ) : (
          <>
            <Button
              size="xs"
              leftSection={<FastForward size={13} aria-hidden />}
              loading={control.busy}
              disabled={view?.halt?.reason === "ended"}
              onClick={() => void control.continue()}
            >
              Continue
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<StepForward size={13} aria-hidden />}
              disabled={control.busy || view?.halt?.reason === "ended"}
              onClick={() => void control.step()}
            >
              Step
            </Button>
            <Button size="xs" variant="default" leftSection={<RotateCcw size={13} aria-hidden />} disabled={control.busy} onClick={control.reset}>
              Start over
            </Button>
          </>
        )}
        {selected !== null && (
          <Button
            size="xs"
            variant={control.breakpoints.has(selected) ? "filled" : "default"}
            leftSection={<CircleDot size={13} aria-hidden />}
            aria-pressed={control.breakpoints.has(selected)}
            onClick={() => control.toggleBreakpoint(selected)}
          >
            Break here
          </Button>
        )}
      </div>
      <div className={classes.body}>
        {control.problem && (
          <Alert color="red" title="The dry run could not go on">
            {control.problem}
          </Alert>
        )}
        {stale && <p className={classes.note}>The draft changed since this dry run began. Start over to try the changes.</p>}
        {!session && (
          <section className={form.form} aria-label="What it begins with">
            {(alerts.data?.length ?? 0) > 0 && !scenarioText && (
              <Select
                label="Sample alert"
                placeholder="Choose one, or fill in the inputs"
                data={(alerts.data ?? []).map((alert) => ({ value: alert.id, label: alert.title }))}
                clearable
                onChange={(id) => {
                  const alert = alerts.data?.find((each) => each.id === id);
                  if (alert) setInput(alert.input);
                }}
              />
            )}
            {scenarioText ? (
              <p className={classes.note}>
                Scenario <b>{scenarioText.name}</b>: its input, answers, faults and world are used.{" "}
                <button type="button" className={classes.link} onClick={() => setScenarioText(null)}>
                  Do without
                </button>
              </p>
            ) : (
              <InputsForm inputs={playbook.inputs ?? []} value={input} onChange={setInput} />
            )}
            <FileButton accept="application/json,.json" onChange={(file) => void readScenario(file)}>
              {(props) => (
                <Button size="xs" variant="default" style={{ alignSelf: "flex-start" }} leftSection={<FileUp size={13} aria-hidden />} {...props}>
                  Use a scenario file
                </Button>
              )}
            </FileButton>
            {scenarioProblem && <p className={form.error}>{scenarioProblem}</p>}
          </section>
        )}
        {view && (
          <p className={classes.halt} role="status" data-status={view.status}>
            {haltText(view, (id) => playbook.steps[id]?.name ?? id)}
          </p>
        )}
        {view?.problems.map((problem) => (
          <p key={problem} className={form.error}>
            {problem}
          </p>
        ))}
        {view?.asks.map(({ step, state: asking }) => (
          <AnswerForm
            key={step}
            step={step}
            title={asking.ask?.title ?? playbook.steps[step]?.name ?? step}
            prompt={asking.ask?.prompt ?? ""}
            branches={asking.ask?.branches.map((branch) => branch.label) ?? []}
            fields={asking.ask?.fields ?? []}
            busy={control.busy}
            onAnswer={(answer, values) => void control.answer(step, { answer, values })}
          />
        ))}
        {selected !== null && view && (
          <section className={classes.values} aria-label="Values of the selected step">
            <h3>{playbook.steps[selected]?.name ?? selected}</h3>
            {state && <StatusMark status={state.status} />}
            {!state || state.status === "waiting" ? <p className={form.help}>Not reached yet.</p> : null}
            {state?.error && (
              <p className={form.error}>
                {state.error.message} ({state.error.code})
              </p>
            )}
            {state?.input !== undefined && <Value title="Input" value={state.input} />}
            {state?.output !== undefined && <Value title="Output" value={state.output} />}
            {state?.explained !== undefined && <Value title="Why" value={state.explained} />}
          </section>
        )}
        {events.length > 0 && (
          <section aria-label="Events">
            <h3 className={classes.heading}>Events, newest first</h3>
            <ol className={classes.events}>
              {events.map(({ event, status, text }) => {
                const step = stepOfEvent(event);
                return (
                  <li key={event.seq}>
                    <span className="num muted">{event.seq}</span>
                    <StatusMark status={status} word="" />
                    {step !== null && playbook.steps[step] ? (
                      <button type="button" className={classes.event} onClick={() => control.select(step)}>
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
        )}
      </div>
    </>
  );
}

function haltText(view: NonNullable<DryRunControl["view"]>, name: (id: string) => string): string {
  if (!view.halt) return "Under way; step or continue.";
  if (view.halt.reason === "breakpoint") return `Stands before "${name(view.halt.step)}".`;
  if (view.halt.reason === "out-of-moves") return "Stopped: it took more moves than a dry run may.";
  if (view.halt.reason === "waiting") return view.asks.length > 0 ? "Waits for an answer. Continue lets the time pass." : "Waits for a signal that never comes.";
  const outcome = view.outcome ? ` with "${view.outcome}"` : "";
  return view.status === "succeeded" ? `Succeeded${outcome}.` : `${view.status === "failed" ? "Failed" : "Ended"}${outcome}${view.error ? `: ${view.error}` : "."}`;
}

function Value({ title, value }: { title: string; value: Json }) {
  return (
    <div>
      <p className={classes.heading}>{title}</p>
      <div className={classes.tree}>
        <JsonTree value={value} label={title} openTo={2} />
      </div>
    </div>
  );
}

function AnswerForm({
  step,
  title,
  prompt,
  branches,
  fields,
  busy,
  onAnswer,
}: {
  step: string;
  title: string;
  prompt: string;
  branches: readonly string[];
  fields: readonly { readonly key: string; readonly label: string; readonly type: string }[];
  busy: boolean;
  onAnswer: (answer: string, values: { [key: string]: Json }) => void;
}) {
  const [values, setValues] = useState<{ readonly [key: string]: string }>({});
  const typed = () =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const text = values[field.key];
        if (text === undefined || text === "") return [];
        const value: Json =
          field.type === "number" ? Number(text) : field.type === "boolean" ? text === "true" : field.type === "choices" ? text.split(",").map((each) => each.trim()) : text;
        return [[field.key, value] as const];
      }),
    );
  return (
    <section className={classes.ask} aria-label={`Answer ${title}`} data-ask={step}>
      <h3>{title}</h3>
      <p>{prompt}</p>
      {fields.map((field) => (
        <TextInput key={field.key} label={field.label} value={values[field.key] ?? ""} onChange={(event) => setValues({ ...values, [field.key]: event.currentTarget.value })} />
      ))}
      <div className={classes.buttons}>
        {branches.map((branch) => (
          <Button key={branch} size="xs" variant="default" disabled={busy} onClick={() => onAnswer(branch, typed())}>
            {branch}
          </Button>
        ))}
      </div>
    </section>
  );
}
