import type { Step, StepOf } from "@drawbridge/playbook";
import { Button, NumberInput, Select, Switch } from "@mantine/core";
import { Plus } from "lucide-react";
import { lookOf } from "../steps/looks.ts";
import { useEditor } from "./editor-context.ts";
import { DurationField } from "./form/DurationField.tsx";
import form from "./form/form.module.css";
import { WayChoice } from "./form/WayChoice.tsx";

type Change = (patch: { readonly [key: string]: unknown }) => void;

/** What happens when a step fails: tried again, given up after a time, and where it then goes. */
export function FailurePanel({ id, step, change }: { id: string; step: Step; change: Change }) {
  const { store, catalog, mayEdit } = useEditor();
  const exception = lookOf(step).exception;
  if (!exception)
    return <p className={form.help}>A step of this kind calls nothing outside and has no way out for failures. If an expression in it cannot be evaluated, the run fails here.</p>;
  const declared = exception.way === "error" ? "onError" in step && step.onError !== undefined : "onTimeLimit" in step && step.onTimeLimit !== undefined;
  const retry = step.kind === "action" || step.kind === "script" ? step.retry : undefined;
  const facts = step.kind === "action" ? catalog.actions.get(step.action) : undefined;
  return (
    <div className={form.form}>
      {(step.kind === "action" || step.kind === "script") && <RetryFields retry={retry} change={change} />}
      {"timeout" in step || step.kind === "action" || step.kind === "script" || step.kind === "call" ? (
        <DurationField label="Time-out of an attempt" value={(step as StepOf<"action">).timeout} onChange={(timeout) => change({ timeout })} />
      ) : null}
      {step.kind === "action" && facts?.effect === "changes" && !facts.repeatable && (
        <Select
          label="If it is not known whether it was done"
          description="After a crash in mid-call. The action is not safe to send twice."
          data={[
            { value: "ask", label: "Ask a person" },
            { value: "retry", label: "Send it again" },
            { value: "skip", label: "Take it as failed" },
          ]}
          value={step.onDoubt ?? "ask"}
          allowDeselect={false}
          onChange={(next) => change({ onDoubt: next === "ask" ? undefined : next })}
        />
      )}
      {exception.way === "limit" && <DurationField label="Time limit" value={(step as StepOf<"ask">).timeLimit} onChange={(timeLimit) => change({ timeLimit })} />}
      <div>
        <p className={form.label}>
          <label>{exception.way === "error" ? "Then, on error" : `Then, on ${exception.label}`}</label>
        </p>
        {declared ? (
          <>
            <WayChoice from={id} way={exception.way} label={exception.label} quiet />
            {mayEdit && (
              <Button size="xs" variant="subtle" mt={6} onClick={() => change(exception.way === "error" ? { onError: undefined } : { onTimeLimit: undefined })}>
                Remove this way out
              </Button>
            )}
          </>
        ) : (
          <>
            <p className={form.help}>
              {exception.way === "error"
                ? "Without a way out the run fails here; it can be run again from this step."
                : "Without a way out the run fails here with no-answer-in-time."}
            </p>
            {mayEdit && (
              <Button
                variant="default"
                mt={8}
                leftSection={<Plus size={14} aria-hidden />}
                onClick={() => {
                  change(exception.way === "error" ? { onError: { next: [] } } : { onTimeLimit: { next: [] } });
                  store.getState().say(`The way out "${exception.label}" is there; choose where it leads`);
                }}
              >
                Add the way out
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function RetryFields({ retry, change }: { retry: StepOf<"action">["retry"]; change: Change }) {
  return (
    <>
      <Switch
        label="Try again"
        description="Only when the failure may pass: a busy vendor, a lost connection."
        checked={retry !== undefined}
        onChange={(event) => change({ retry: event.currentTarget.checked ? { attempts: 3, delay: "PT2S", backoff: 2 } : undefined })}
      />
      {retry && (
        <div className={form.group}>
          <div className={form.pair}>
            <NumberInput
              label="Attempts in all"
              min={1}
              max={20}
              allowDecimal={false}
              value={retry.attempts}
              onChange={(attempts) => typeof attempts === "number" && attempts >= 1 && attempts <= 20 && change({ retry: { ...retry, attempts } })}
            />
            <NumberInput
              label="Each pause longer by"
              min={1}
              max={10}
              suffix=" ×"
              value={retry.backoff ?? 1}
              onChange={(backoff) => typeof backoff === "number" && backoff >= 1 && backoff <= 10 && change({ retry: { ...retry, backoff } })}
            />
          </div>
          <DurationField label="First pause" required value={retry.delay} onChange={(delay) => delay !== undefined && change({ retry: { ...retry, delay } })} />
          <DurationField
            label="Longest pause"
            value={retry.maxDelay}
            onChange={(maxDelay) => {
              const { maxDelay: _old, ...rest } = retry;
              change({ retry: maxDelay === undefined ? rest : { ...rest, maxDelay } });
            }}
          />
        </div>
      )}
    </>
  );
}
