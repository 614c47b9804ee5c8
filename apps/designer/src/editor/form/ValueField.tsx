import type { Json } from "@drawbridge/playbook";
import { ActionIcon, Button, MultiSelect, NumberInput, SegmentedControl, Select, Switch, TagsInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useContext, useId, useState } from "react";
import { KnownContext } from "../completion/known-context.ts";
import { ExpressionInput } from "./ExpressionInput.tsx";
import { Field } from "./Field.tsx";
import classes from "./form.module.css";
import { JsonField } from "./JsonField.tsx";
import { SchemaForm } from "./SchemaForm.tsx";
import { type SchemaField, titleOf, typeText } from "./schema-fields.ts";
import { ValuesField } from "./ValuesField.tsx";

export interface ValueFieldProps {
  readonly field: SchemaField;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  /** Where the value stands in its step, to show what the checks found there. */
  readonly pointer?: string | undefined;
}

const isTemplate = (value: Json | undefined): value is string => typeof value === "string" && value.includes("{{");
const isLogic = (value: Json | undefined): boolean => typeof value === "object" && value !== null && !Array.isArray(value) && "$logic" in value;

/** One field of a schema: a control for a plain value, or an expression. */
export function ValueField({ field, value, onChange, pointer }: ValueFieldProps) {
  const id = useId();
  const { problems } = useContext(KnownContext);
  const missing = pointer !== undefined && field.required && value === undefined && problems.has(pointer.slice(0, pointer.lastIndexOf("/")));
  const error = pointer === undefined ? undefined : (problems.get(pointer) ?? (missing ? "This is missing." : undefined));
  const [asExpression, setAsExpression] = useState(false);
  const { shape } = field;
  const note = [typeText(shape), field.required ? "required" : ""].filter(Boolean).join(" · ");
  const help = [field.description, field.default !== undefined && value === undefined ? `Without it: ${JSON.stringify(field.default)}.` : ""].filter(Boolean).join(" ");
  const frame = { label: field.title, note, help, error, htmlFor: id };
  const placeholder =
    field.default !== undefined
      ? String(typeof field.default === "object" ? JSON.stringify(field.default) : field.default)
      : field.example !== undefined
        ? `e.g. ${typeof field.example === "string" ? field.example : JSON.stringify(field.example)}`
        : undefined;

  if (isLogic(value)) return <JsonField label={field.title} note="JsonLogic" help={help} value={value} onChange={onChange} lines={4} />;
  if (shape.kind === "text" || isTemplate(value) || asExpression) {
    const leave =
      shape.kind === "text"
        ? undefined
        : () => {
            setAsExpression(false);
            if (isTemplate(value)) onChange(undefined);
          };
    return (
      <Field {...frame}>
        <ExpressionInput
          id={id}
          label={field.title}
          value={typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value)}
          placeholder={placeholder}
          lines={shape.kind === "text" && shape.long ? 4 : 1}
          leaveExpression={leave}
          onChange={(text) => onChange(text === "" && !field.required ? undefined : text)}
        />
      </Field>
    );
  }
  if (shape.kind === "object" || shape.kind === "map" || shape.kind === "any" || (shape.kind === "list" && shape.item.kind !== "text"))
    return <Compound field={field} value={value} onChange={onChange} startExpression={() => setAsExpression(true)} help={help} note={note} error={error} pointer={pointer} />;

  return (
    <Field {...frame}>
      <div className={classes.box}>
        <button
          type="button"
          className={classes.fx}
          aria-pressed={false}
          aria-label={`fx, ${field.title}: use an expression`}
          title="Use an expression"
          onClick={() => setAsExpression(true)}
        >
          fx
        </button>
        <div className={classes.control}>
          <Plain id={id} field={field} value={value} onChange={onChange} placeholder={placeholder} />
        </div>
      </div>
    </Field>
  );
}

function Plain({ id, field, value, onChange, placeholder }: ValueFieldProps & { id: string; placeholder: string | undefined }) {
  const { shape } = field;
  if (shape.kind === "number")
    return (
      <NumberInput
        id={id}
        value={typeof value === "number" ? value : ""}
        allowDecimal={!shape.whole}
        {...(shape.minimum !== undefined && { min: shape.minimum })}
        {...(shape.maximum !== undefined && { max: shape.maximum })}
        {...(placeholder !== undefined && { placeholder })}
        clampBehavior="none"
        onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
      />
    );
  if (shape.kind === "boolean")
    return (
      <div style={{ display: "flex", alignItems: "center", height: 30, padding: "0 10px" }}>
        <Switch
          id={id}
          size="sm"
          aria-label={field.title}
          checked={value === undefined ? field.default === true : value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </div>
    );
  if (shape.kind === "choice") {
    const few = shape.options.length <= 3 && shape.options.every((each) => String(each).length < 12) && field.required;
    if (few)
      return (
        <SegmentedControl
          fullWidth
          aria-label={field.title}
          data={shape.options.map((each) => ({ value: JSON.stringify(each), label: titleOf(String(each)) }))}
          value={value === undefined ? "" : JSON.stringify(value)}
          onChange={(next) => onChange(JSON.parse(next) as Json)}
        />
      );
    return (
      <Select
        id={id}
        data={shape.options.map((each) => ({ value: JSON.stringify(each), label: titleOf(String(each)) }))}
        value={value === undefined ? null : JSON.stringify(value)}
        placeholder={placeholder ?? "Choose"}
        clearable={!field.required}
        searchable={shape.options.length > 8}
        onChange={(next) => onChange(next === null ? undefined : (JSON.parse(next) as Json))}
      />
    );
  }
  const list = Array.isArray(value) ? (value as Json[]).map((each) => (typeof each === "string" ? each : JSON.stringify(each))) : [];
  if (shape.kind === "choices")
    return (
      <MultiSelect
        id={id}
        data={shape.options.map((each) => ({ value: String(each), label: titleOf(String(each)) }))}
        value={list}
        placeholder={list.length === 0 ? (placeholder ?? "Choose") : ""}
        onChange={(next) => onChange(next.length === 0 && !field.required ? undefined : next)}
      />
    );
  return (
    <TagsInput
      id={id}
      value={list}
      placeholder={list.length === 0 ? (placeholder ?? "Type and press Enter") : ""}
      onChange={(next) => onChange(next.length === 0 && !field.required ? undefined : next)}
    />
  );
}

function Compound({
  field,
  value,
  onChange,
  startExpression,
  help,
  note,
  error,
  pointer,
}: ValueFieldProps & { startExpression: () => void; help: string; note: string; error: string | undefined }) {
  const { shape } = field;
  const toExpression = (
    <Button size="compact-xs" variant="subtle" onClick={startExpression} aria-label={`fx, ${field.title}: use an expression`}>
      fx
    </Button>
  );
  if (shape.kind === "object") {
    const own = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};
    return (
      <Field label={field.title} note={note} help={help} error={error} action={toExpression}>
        <div className={classes.group}>
          <SchemaForm fields={shape.fields} value={own} pointer={pointer} onChange={(next) => onChange(Object.keys(next).length === 0 && !field.required ? undefined : next)} />
        </div>
      </Field>
    );
  }
  if (shape.kind === "map") {
    const own = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};
    return (
      <Field label={field.title} note={note} help={help} error={error} action={toExpression}>
        <ValuesField label={field.title} value={own} onChange={(next) => onChange(Object.keys(next).length === 0 && !field.required ? undefined : next)} />
      </Field>
    );
  }
  if (shape.kind === "list" && shape.item.kind === "object") {
    const items = Array.isArray(value) ? (value as Json[]) : [];
    const item = { key: "item", title: "Item", description: "", required: true, default: undefined, example: undefined, secret: false, shape: shape.item };
    const put = (next: Json[]) => onChange(next.length === 0 && !field.required ? undefined : next);
    return (
      <Field label={field.title} note={note} help={help} error={error} action={toExpression}>
        <div className={classes.rows}>
          {items.map((each, index) => (
            <div key={index} className={classes.row}>
              <div className={classes.wide}>
                <ValueField
                  field={{ ...item, title: `${field.title} ${index + 1}` }}
                  value={each}
                  onChange={(next) => put(items.map((old, at) => (at === index ? (next ?? {}) : old)))}
                />
              </div>
              <ActionIcon size="sm" aria-label={`Remove ${field.title} ${index + 1}`} onClick={() => put(items.filter((_, at) => at !== index))}>
                <X size={14} aria-hidden />
              </ActionIcon>
            </div>
          ))}
          <Button size="xs" variant="default" leftSection={<Plus size={13} aria-hidden />} onClick={() => put([...items, {}])} style={{ alignSelf: "flex-start" }}>
            Add
          </Button>
        </div>
      </Field>
    );
  }
  return <JsonField label={field.title} note={note} help={help || "A value as JSON; a text may hold {{ }}."} value={value} onChange={onChange} />;
}
