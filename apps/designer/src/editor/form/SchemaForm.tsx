import type { Json } from "@drawbridge/playbook";
import { memo, useCallback, useLayoutEffect, useRef } from "react";
import classes from "./form.module.css";
import type { SchemaField } from "./schema-fields.ts";
import { ValueField } from "./ValueField.tsx";

export type Values = { readonly [key: string]: Json };

/** A form of a schema's fields. What is in the value but not in the schema stays, shown at the end. */
export function SchemaForm({
  fields,
  value,
  onChange,
  pointer,
}: {
  fields: readonly SchemaField[];
  value: Values;
  onChange: (value: Values) => void;
  pointer?: string | undefined;
}) {
  const latest = useRef({ value, onChange });
  useLayoutEffect(() => {
    latest.current = { value, onChange };
  });
  const put = useCallback((key: string, next: Json | undefined) => {
    const { value: old, onChange: tell } = latest.current;
    const { [key]: _gone, ...rest } = old;
    tell(next === undefined ? rest : key in old ? Object.fromEntries(Object.entries(old).map(([each, kept]) => [each, each === key ? next : kept])) : { ...old, [key]: next });
  }, []);
  const known = new Set(fields.map((field) => field.key));
  const strange = Object.keys(value).filter((key) => !known.has(key));
  return (
    <div className={classes.form}>
      {fields.map((field) => (
        <FormField key={field.key} field={field} value={value[field.key]} pointer={pointer === undefined ? undefined : `${pointer}/${field.key}`} put={put} />
      ))}
      {strange.map((key) => (
        <ValueField
          key={key}
          field={{ key, title: key, description: "The action does not take this.", required: false, default: undefined, examples: [], secret: false, shape: { kind: "any" } }}
          value={value[key]}
          onChange={(next) => put(key, next)}
        />
      ))}
    </div>
  );
}

/** One field of a form, drawn anew only when its own value changes. */
const FormField = memo(function FormField({
  field,
  value,
  pointer,
  put,
}: {
  field: SchemaField;
  value: Json | undefined;
  pointer: string | undefined;
  put: (key: string, next: Json | undefined) => void;
}) {
  return <ValueField field={field} value={value} pointer={pointer} onChange={(next) => put(field.key, next)} />;
});
