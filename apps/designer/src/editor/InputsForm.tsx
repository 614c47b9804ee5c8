import type { Json, PlaybookInput } from "@drawbridge/playbook";
import { NumberInput, Select, TextInput } from "@mantine/core";
import { JsonField } from "./form/JsonField.tsx";
import form from "./form/form.module.css";

/** A form of a playbook's inputs, for a run. */
export function InputsForm({
  inputs,
  value,
  onChange,
}: {
  inputs: readonly PlaybookInput[];
  value: { readonly [key: string]: Json };
  onChange: (value: { readonly [key: string]: Json }) => void;
}) {
  const put = (key: string, next: Json | undefined) => {
    const { [key]: _old, ...rest } = value;
    onChange(next === undefined ? rest : { ...rest, [key]: next });
  };
  if (inputs.length === 0) return <p className={form.help}>This playbook takes no inputs.</p>;
  return (
    <div className={form.form}>
      {inputs.map((input) => {
        const shared = {
          label: input.key,
          withAsterisk: input.required === true,
          ...(input.description !== undefined && { description: input.description }),
          ...(input.default !== undefined && { placeholder: typeof input.default === "string" ? input.default : JSON.stringify(input.default) }),
        };
        const given = value[input.key];
        if (input.type === "number")
          return (
            <NumberInput
              key={input.key}
              {...shared}
              value={typeof given === "number" ? given : ""}
              onChange={(next) => put(input.key, typeof next === "number" ? next : undefined)}
            />
          );
        if (input.type === "boolean")
          return (
            <Select
              key={input.key}
              {...shared}
              clearable
              data={[
                { value: "true", label: "true" },
                { value: "false", label: "false" },
              ]}
              value={typeof given === "boolean" ? String(given) : null}
              onChange={(next) => put(input.key, next === null ? undefined : next === "true")}
            />
          );
        if (input.type === "string")
          return (
            <TextInput
              key={input.key}
              {...shared}
              value={typeof given === "string" ? given : ""}
              onChange={(event) => put(input.key, event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
            />
          );
        return (
          <JsonField
            key={input.key}
            label={input.key}
            note={`${input.type}${input.required ? " · required" : ""}`}
            help={input.description}
            value={given}
            onChange={(next) => put(input.key, next)}
          />
        );
      })}
    </div>
  );
}
