import type { Json } from "@drawbridge/playbook";
import { ActionIcon, MultiSelect, NumberInput, PasswordInput, SegmentedControl, Select, Switch } from "@mantine/core";
import { RotateCcw } from "lucide-react";
import classes from "./form.module.css";
import { type FieldShape, type SchemaField, titleOf } from "./schema-fields.ts";

export interface PlainProps {
  readonly id: string;
  readonly field: SchemaField;
  readonly value: Json | undefined;
  readonly placeholder: string | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

type Scalar = Exclude<FieldShape["kind"], "text" | "list" | "object" | "map" | "any">;

const coded = (value: Json) => JSON.stringify(value);
const decoded = (text: string) => JSON.parse(text) as Json;
/** Options as a list shows them; a value that is none of them stays to be seen. */
const optionsOf = (options: readonly Json[], given: readonly Json[]) => [
  ...options.map((each) => ({ value: coded(each), label: titleOf(String(each)) })),
  ...given.filter((each) => !options.some((option) => coded(option) === coded(each))).map((each) => ({ value: coded(each), label: `${String(each)} (not offered)` })),
];

/** The control for a plain value of a field that is neither a text nor made of parts. */
export function PlainControl({ shape, ...props }: PlainProps & { shape: FieldShape & { kind: Scalar } }) {
  const Control = controls[shape.kind] as (props: PlainProps & { shape: FieldShape }) => React.ReactNode;
  return <Control shape={shape} {...props} />;
}

type Shaped<Kind extends Scalar> = PlainProps & { readonly shape: Extract<FieldShape, { kind: Kind }> };

const controls: { readonly [Kind in Scalar]: (props: Shaped<Kind>) => React.ReactNode } = {
  number: ({ id, field, shape, value, placeholder, onChange }) => (
    <NumberInput
      id={id}
      aria-label={field.title}
      value={typeof value === "number" ? value : ""}
      allowDecimal={!shape.whole}
      {...(shape.minimum !== undefined && { min: shape.minimum })}
      {...(shape.maximum !== undefined && { max: shape.maximum })}
      {...(placeholder !== undefined && { placeholder })}
      clampBehavior="none"
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  ),
  boolean: ({ id, field, value, onChange }) => (
    <div className={classes.switch}>
      <Switch
        id={id}
        size="sm"
        aria-label={field.title}
        checked={value === undefined ? field.default === true : value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={classes.note}>{value === undefined ? (field.default === undefined ? "not given" : "as by default") : value === true ? "yes" : "no"}</span>
      {value !== undefined && !field.required && (
        <ActionIcon size="sm" aria-label={`${field.title}: back to the default`} title="Back to the default" onClick={() => onChange(undefined)}>
          <RotateCcw size={13} aria-hidden />
        </ActionIcon>
      )}
    </div>
  ),
  choice: ({ id, field, shape, value, placeholder, onChange }) => {
    const data = optionsOf(shape.options, value === undefined ? [] : [value]);
    if (data.length <= 3 && data.every(({ label }) => label.length < 12) && field.required)
      return <SegmentedControl fullWidth aria-label={field.title} data={data} value={value === undefined ? "" : coded(value)} onChange={(next) => onChange(decoded(next))} />;
    return (
      <Select
        id={id}
        aria-label={field.title}
        data={data}
        value={value === undefined ? null : coded(value)}
        placeholder={placeholder ?? "Choose"}
        clearable={!field.required}
        searchable={data.length > 8}
        onChange={(next) => onChange(next === null ? undefined : decoded(next))}
      />
    );
  },
  choices: ({ id, field, shape, value, placeholder, onChange }) => {
    const given = Array.isArray(value) ? (value as Json[]) : [];
    return (
      <MultiSelect
        id={id}
        aria-label={field.title}
        data={optionsOf(shape.options, given)}
        value={given.map(coded)}
        placeholder={given.length === 0 ? (placeholder ?? "Choose") : ""}
        searchable={shape.options.length > 8}
        onChange={(next) => onChange(next.length === 0 && !field.required ? undefined : next.map(decoded))}
      />
    );
  },
};

/** A secret: typed unseen, never shown again. */
export function SecretControl({ id, field, value, onChange }: PlainProps) {
  return (
    <PasswordInput
      id={id}
      aria-label={field.title}
      autoComplete="off"
      value={typeof value === "string" ? value : ""}
      visible={false}
      visibilityToggleButtonProps={{ style: { display: "none" } }}
      placeholder="Not set"
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}
