import { Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { type StepPanelProps, useEditor } from "../editor/editor-context.ts";
import { DurationField } from "../editor/form/DurationField.tsx";
import { Field } from "../editor/form/Field.tsx";
import form from "../editor/form/form.module.css";
import type { FieldShape } from "../editor/form/schema-fields.ts";
import { SchemaForm } from "../editor/form/SchemaForm.tsx";
import { LoopFields } from "./LoopFields.tsx";

const shapes: { readonly [type: string]: FieldShape } = {
  string: { kind: "text", long: false, format: undefined },
  number: { kind: "number", whole: false, minimum: undefined, maximum: undefined },
  boolean: { kind: "boolean" },
  array: { kind: "list", item: { kind: "text", long: false, format: undefined } },
  object: { kind: "map", item: { kind: "any" } },
};

/** Which playbook is called, with what. */
export function CallPanel({ step, change }: StepPanelProps<"call">) {
  const { id, catalog } = useEditor();
  const called = useQuery({
    queryKey: ["playbook", step.playbook, "draft"],
    queryFn: async ({ signal }) => (await call("getDraft", { params: { id: step.playbook }, signal })).data,
    enabled: catalog.playbooks.some((each) => each.id === step.playbook),
  });
  const known = catalog.playbooks.filter((each) => each.id !== id);
  const inputs = called.data?.playbook.inputs ?? [];
  return (
    <div className={form.form}>
      <Select
        label="Playbook"
        searchable
        allowDeselect={false}
        data={[
          ...known.map((each) => ({ value: each.id, label: each.name })),
          ...(known.some((each) => each.id === step.playbook) ? [] : [{ value: step.playbook, label: `${step.playbook} (unknown here)` }]),
        ]}
        value={step.playbook}
        onChange={(next) => next !== null && change({ playbook: next })}
      />
      <SchemaForm
        fields={inputs.map((input) => ({
          key: input.key,
          title: input.key,
          description: input.description ?? "",
          required: input.required === true,
          default: input.default,
          examples: [],
          secret: false,
          shape: shapes[input.type] ?? { kind: "any" },
        }))}
        value={step.with ?? {}}
        pointer="/with"
        onChange={(next) => change({ with: next })}
      />
      {called.data && inputs.length === 0 && <p className={form.help}>This playbook takes no inputs.</p>}
      <Field label="Waiting">
        <Switch label="Go on without waiting for it" checked={step.detached === true} onChange={(event) => change({ detached: event.currentTarget.checked ? true : undefined })} />
      </Field>
      <DurationField label="Time-out" value={step.timeout} onChange={(timeout) => change({ timeout })} />
      <LoopFields forEach={step.forEach} repeat={step.repeat} change={change} />
    </div>
  );
}
