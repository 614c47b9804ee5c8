import { SegmentedControl, Switch } from "@mantine/core";
import { type StepPanelProps, useEditor } from "../editor/editor-context.ts";
import { DraftInput } from "../editor/form/DraftInput.tsx";
import { Field } from "../editor/form/Field.tsx";
import form from "../editor/form/form.module.css";

/** The outcome of a way. */
export function EndPanel({ id, step, change }: StepPanelProps<"end">) {
  const { store } = useEditor();
  return (
    <div className={form.form}>
      <DraftInput
        label="Outcome"
        required
        description="The word that the run ends with."
        value={step.outcome}
        commit={(outcome) => store.getState().apply([{ type: "update-step", params: { id, patch: { outcome } } }], { merge: `outcome:${id}` })}
      />
      <Field label="The run then">
        <SegmentedControl
          fullWidth
          aria-label="The run then"
          data={[
            { value: "succeeded", label: "Succeeded" },
            { value: "failed", label: "Failed" },
          ]}
          value={step.result ?? "succeeded"}
          onChange={(next) => change({ result: next === "failed" ? "failed" : undefined })}
        />
      </Field>
      <Switch
        label="End the whole run at once"
        description="Other ways that still run are cancelled."
        checked={step.terminate === true}
        onChange={(event) => change({ terminate: event.currentTarget.checked ? true : undefined })}
      />
    </div>
  );
}
