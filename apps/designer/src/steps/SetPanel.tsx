import type { StepPanelProps } from "../editor/editor-context.ts";
import { Field } from "../editor/form/Field.tsx";
import { ValuesField } from "../editor/form/ValuesField.tsx";

/** Variables and their values. */
export function SetPanel({ step, change }: StepPanelProps<"set">) {
  return (
    <Field label="Variables" help="Read later as {{ vars.name }}.">
      <ValuesField label="Variables" value={step.values} onChange={(values) => change({ values })} />
    </Field>
  );
}
