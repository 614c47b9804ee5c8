import type { StepPanelProps } from "../editor/editor-context.ts";
import { DurationField } from "../editor/form/DurationField.tsx";
import { Field } from "../editor/form/Field.tsx";
import form from "../editor/form/form.module.css";
import { ValuesField } from "../editor/form/ValuesField.tsx";

/** A script's source and what it is given. */
export function ScriptPanel({ step, change }: StepPanelProps<"script">) {
  return (
    <div className={form.form}>
      <Field label="Source" note="JavaScript" help="The body of a function of input; what it returns is the output. No network, files or clock." htmlFor="script-source">
        <div className={form.box}>
          <textarea
            id="script-source"
            className={form.text}
            data-expression
            rows={8}
            spellCheck={false}
            value={step.source}
            onChange={(event) => change({ source: event.currentTarget.value })}
          />
        </div>
      </Field>
      <Field label="Input">
        <ValuesField label="Input" value={step.with ?? {}} onChange={(next) => change({ with: next })} />
      </Field>
      <DurationField label="Time-out" value={step.timeout} onChange={(timeout) => change({ timeout })} />
    </div>
  );
}
