import type { Json } from "@drawbridge/playbook";
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
  const put = (key: string, next: Json | undefined) => {
    const { [key]: _old, ...rest } = value;
    onChange(
      next === undefined ? rest : key in value ? Object.fromEntries(Object.entries(value).map(([each, old]) => [each, each === key ? next : old])) : { ...value, [key]: next },
    );
  };
  const known = new Set(fields.map((field) => field.key));
  const strange = Object.keys(value).filter((key) => !known.has(key));
  return (
    <div className={classes.form}>
      {fields.map((field) => (
        <ValueField
          key={field.key}
          field={field}
          value={value[field.key]}
          pointer={pointer === undefined ? undefined : `${pointer}/${field.key}`}
          onChange={(next) => put(field.key, next)}
        />
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
