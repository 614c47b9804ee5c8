import { SegmentedControl } from "@mantine/core";
import type { StepPanelProps } from "../editor/editor-context.ts";
import { DurationField } from "../editor/form/DurationField.tsx";
import { ExpressionInput } from "../editor/form/ExpressionInput.tsx";
import { Field } from "../editor/form/Field.tsx";
import form from "../editor/form/form.module.css";

/** For how long, until when, or for what a run waits. */
export function WaitPanel({ step, change }: StepPanelProps<"wait">) {
  const kind = step.until !== undefined ? "until" : step.signal !== undefined ? "signal" : "for";
  return (
    <div className={form.form}>
      <Field label="Waits">
        <SegmentedControl
          fullWidth
          aria-label="Waits"
          data={[
            { value: "for", label: "For a time" },
            { value: "until", label: "Until a time" },
            { value: "signal", label: "For a signal" },
          ]}
          value={kind}
          onChange={(next) =>
            change({ for: next === "for" ? "PT5M" : undefined, until: next === "until" ? "{{ input.until }}" : undefined, signal: next === "signal" ? "go-on" : undefined })
          }
        />
      </Field>
      {kind === "for" && <DurationField label="How long" required value={step.for} onChange={(next) => next !== undefined && change({ for: next })} />}
      {kind === "until" && (
        <Field label="Until" note="ISO 8601">
          <ExpressionInput label="Until" value={step.until ?? ""} onChange={(until) => until !== "" && change({ until })} />
        </Field>
      )}
      {kind === "signal" && (
        <Field label="Signal" help="The name with which the signal is sent.">
          <ExpressionInput label="Signal" value={step.signal ?? ""} onChange={(signal) => signal !== "" && change({ signal })} />
        </Field>
      )}
      <DurationField label="Time limit" value={step.timeLimit} onChange={(timeLimit) => change({ timeLimit })} />
    </div>
  );
}
