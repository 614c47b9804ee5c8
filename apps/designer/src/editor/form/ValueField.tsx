import type { Json } from "@drawbridge/playbook";
import { Button } from "@mantine/core";
import { type ReactNode, useContext, useId, useMemo, useState } from "react";
import { KnownContext, problemsUnder } from "../completion/known-context.ts";
import { valueText } from "../completion/value-text.ts";
import { ExpressionInput } from "./ExpressionInput.tsx";
import { Field } from "./Field.tsx";
import classes from "./form.module.css";
import { JsonField } from "./JsonField.tsx";
import { ListField } from "./ListField.tsx";
import { isShowable, misfitOf } from "./misfit.ts";
import { PlainControl, SecretControl } from "./PlainControl.tsx";
import { SchemaForm } from "./SchemaForm.tsx";
import { type SchemaField, typeText } from "./schema-fields.ts";
import { ValuesField } from "./ValuesField.tsx";

export interface ValueFieldProps {
  readonly field: SchemaField;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  /** Where the value stands in its step, to show what the checks found there. */
  readonly pointer?: string | undefined;
  /** One of a list: its name is told, not shown. */
  readonly inList?: boolean;
}

type Values = { readonly [key: string]: Json };

const isTemplate = (value: Json | undefined): value is string => typeof value === "string" && value.includes("{{");
const isLogic = (value: Json | undefined): value is { readonly $logic: Json } => typeof value === "object" && value !== null && !Array.isArray(value) && "$logic" in value;
const isExpression = (value: Json | undefined) => isTemplate(value) || isLogic(value);
/** What is wrong with an expression in itself, its own field says sooner and more closely. */
const saidByField = "bad-expression";
const blankExpression = "{{  }}";

/** One field of a schema: a control for a plain value, or an expression; `fx` turns one into the other and keeps both. */
export function ValueField({ field, value, onChange, pointer, inList = false }: ValueFieldProps) {
  const id = useId();
  const { problems: all, kept } = useContext(KnownContext);
  const problems = useMemo(() => problemsUnder(all, pointer), [all, pointer]);
  const missing = pointer !== undefined && field.required && value === undefined && all.some((each) => each.pointer === pointer.slice(0, pointer.lastIndexOf("/")));
  const error = problems.find((each) => each.pointer === "" && each.severity === "error" && each.code !== saidByField)?.message ?? (missing ? "This is missing." : undefined);
  const [draft, setDraft] = useState<string | null>(null);
  const { shape } = field;
  const place = pointer ?? id;
  const note = [typeText(shape), field.required && !inList ? "required" : ""].filter(Boolean).join(" · ");
  const help = [field.description, field.default !== undefined && value === undefined ? `Without it: ${valueText(field.default)}.` : ""].filter(Boolean).join(" ");
  const frame = { label: field.title, note: inList ? undefined : note, help: inList ? undefined : help, error, htmlFor: id, hidden: inList };
  const placeholder = field.default === undefined ? undefined : typeof field.default === "string" ? field.default : valueText(field.default);
  const put = (next: Json | undefined) => onChange(next === "" && !field.required ? undefined : next);

  const toExpression = () => {
    if (value !== undefined) kept.set(`${place} plain`, value);
    const earlier = kept.get(`${place} expression`);
    if (earlier === undefined || typeof earlier === "string") setDraft((earlier as string | undefined) ?? blankExpression);
    if (earlier !== undefined) onChange(earlier);
  };
  const toPlain = () => {
    const expression = draft ?? value;
    if (expression !== undefined && expression !== blankExpression) kept.set(`${place} expression`, expression);
    setDraft(null);
    if (isExpression(value)) onChange(kept.get(`${place} plain`));
  };
  const write = (text: string) => {
    setDraft(text);
    if (text.includes("{{") && !/^\s*\{\{\s*\}\}\s*$/.test(text)) onChange(text);
  };
  const action = <FxButton title={field.title} pressed={isLogic(value)} onClick={isLogic(value) ? toPlain : toExpression} />;

  if (isLogic(value))
    return (
      <JsonField
        label={field.title}
        note="JsonLogic"
        help={help}
        error={error}
        value={value.$logic}
        logic
        lines={4}
        action={action}
        problems={problems.map((each) => ({ ...each, pointer: each.pointer.replace(/^\/\$logic/, "") }))}
        onChange={(next) => next !== undefined && onChange({ $logic: next })}
      />
    );
  if (isTemplate(value) || draft !== null || (shape.kind === "text" && !field.secret && isShowable(shape, value)))
    return (
      <Field {...frame}>
        <ExpressionInput
          id={id}
          label={field.title}
          value={isTemplate(value) ? value : (draft ?? (typeof value === "string" ? value : ""))}
          placeholder={placeholder}
          lines={shape.kind === "text" && shape.format === "markdown" ? 3 : 1}
          problems={problems}
          misfit={(given) => misfitOf(shape, given)}
          secret={field.secret}
          begin={draft !== null}
          leaveExpression={shape.kind === "text" && !field.secret ? undefined : toPlain}
          onChange={shape.kind === "text" && !field.secret ? put : write}
        />
        <Examples field={field} value={value} onChange={onChange} />
      </Field>
    );
  if (!isShowable(shape, value))
    return <JsonField label={field.title} note={`${note}, not of this type`} help={help} error={error} value={value} action={action} problems={problems} onChange={onChange} />;

  const whole = (next: Json | undefined, empty: boolean) => onChange(empty && !field.required ? undefined : next);
  const compound = (content: ReactNode) => (
    <Field {...frame} htmlFor={undefined} action={action}>
      {content}
      <Examples field={field} value={value} onChange={onChange} />
    </Field>
  );
  if (shape.kind === "object")
    return compound(
      <div className={classes.group} role="group" aria-label={field.title}>
        <SchemaForm fields={shape.fields} value={(value ?? {}) as Values} pointer={pointer} onChange={(next) => whole(next, Object.keys(next).length === 0)} />
      </div>,
    );
  if (shape.kind === "map") return compound(<ValuesField label={field.title} value={(value ?? {}) as Values} onChange={(next) => whole(next, Object.keys(next).length === 0)} />);
  if (shape.kind === "list")
    return compound(
      <ListField field={field} item={shape.item} value={(value ?? []) as readonly Json[]} pointer={pointer} onChange={(next) => whole(next as Json, next.length === 0)} />,
    );
  if (shape.kind === "any")
    return (
      <JsonField
        label={field.title}
        note={inList ? undefined : note}
        help={help || "A value as JSON; a text may hold {{ }}."}
        error={error}
        value={value}
        action={action}
        problems={problems}
        onChange={onChange}
      />
    );

  const plain = { id, field, value, placeholder, onChange };
  return (
    <Field {...frame}>
      <div className={classes.box}>
        <button type="button" className={classes.fx} aria-pressed={false} aria-label={`fx, ${field.title}: use an expression`} title="Use an expression" onClick={toExpression}>
          fx
        </button>
        <div className={classes.control}>{shape.kind === "text" ? <SecretControl {...plain} /> : <PlainControl {...plain} shape={shape} />}</div>
      </div>
      <Examples field={field} value={value} onChange={onChange} />
    </Field>
  );
}

function FxButton({ title, pressed, onClick }: { title: string; pressed: boolean; onClick: () => void }) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      aria-pressed={pressed}
      aria-label={`fx, ${title}: ${pressed ? "use a plain value" : "use an expression"}`}
      title={pressed ? "Use a plain value" : "Use an expression"}
      onClick={onClick}
    >
      <i>fx</i>
    </Button>
  );
}

/** Examples of a field that is still empty; pressing one takes it. */
function Examples({ field, value, onChange }: Pick<ValueFieldProps, "field" | "value" | "onChange">) {
  if (value !== undefined || field.secret || field.examples.length === 0) return null;
  return (
    <div className={classes.examples} role="group" aria-label={`Examples of ${field.title}`}>
      <span aria-hidden>e.g.</span>
      {field.examples.slice(0, 4).map((each, index) => (
        <button key={index} type="button" className={classes.example} title="Use this example" onClick={() => onChange(each)}>
          {typeof each === "string" ? each : valueText(each, 60)}
        </button>
      ))}
    </div>
  );
}
