import { SegmentedControl, TextInput, Textarea } from "@mantine/core";
import type { InputField } from "../library/run-input.ts";
import { type MappingTexts, strayKeys } from "./input-mapping.ts";
import classes from "./TriggerForm.module.css";

interface TriggerInputsProps {
  readonly kind: "webhook" | "schedule";
  readonly fields: readonly InputField[];
  /** Null: the whole body is the input. */
  readonly texts: MappingTexts | null;
  /** What is offered when the body is taken apart first. */
  readonly first: MappingTexts;
  readonly onChange: (texts: MappingTexts | null) => void;
}

const isLong: ReadonlySet<InputField["type"]> = new Set(["object", "array", "any"]);

/** What the playbook's inputs are given when the trigger fires. */
export function TriggerInputs({ kind, fields, texts, first, onChange }: TriggerInputsProps) {
  const stray = texts === null ? [] : strayKeys(fields, texts);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>Inputs</legend>
      {kind === "webhook" && (
        <SegmentedControl
          aria-label="Where the inputs come from"
          value={texts === null ? "whole" : "mapped"}
          onChange={(choice) => onChange(choice === "whole" ? null : first)}
          data={[
            { value: "whole", label: "The body is the inputs" },
            { value: "mapped", label: "Taken from the request" },
          ]}
        />
      )}
      <p className={classes.help}>{texts === null ? wholeHelp(fields) : mappedHelp[kind]}</p>
      {texts !== null && fields.length === 0 && stray.length === 0 && <p className={classes.help}>This playbook takes no inputs.</p>}
      {texts !== null &&
        [...fields, ...stray.map((key): InputField => ({ key, type: "any", description: "The playbook has no such input; empty this field to take it out." }))].map((field) => {
          const value = texts[field.key] ?? "";
          const given = field.default === undefined ? undefined : typeof field.default === "string" ? field.default : JSON.stringify(field.default);
          const shared = {
            label: field.key,
            description: [field.type, field.description].filter(Boolean).join(" · "),
            withAsterisk: field.required === true && field.default === undefined,
            value,
            placeholder: given ?? (isLong.has(field.type) ? "JSON or {{ … }}" : ""),
            spellCheck: false,
            ...(value.includes("{{") || isLong.has(field.type) ? { classNames: { input: "mono" } } : {}),
          };
          const put = (next: string) => onChange(next === "" ? Object.fromEntries(Object.entries(texts).filter(([key]) => key !== field.key)) : { ...texts, [field.key]: next });
          return isLong.has(field.type) ? (
            <Textarea key={field.key} {...shared} autosize minRows={1} maxRows={8} onChange={(event) => put(event.currentTarget.value)} />
          ) : (
            <TextInput key={field.key} {...shared} onChange={(event) => put(event.currentTarget.value)} />
          );
        })}
    </fieldset>
  );
}

const wholeHelp = (fields: readonly InputField[]) =>
  fields.length === 0 ? "This playbook takes no inputs; the body must be an empty object." : `A JSON object or a form with ${fields.map(({ key }) => key).join(", ")}.`;

const mappedHelp = {
  webhook: (
    <>
      Text, or an expression over <code className="mono">webhook.body</code>, <code className="mono">webhook.query</code> and <code className="mono">webhook.headers</code>, as in{" "}
      <code className="mono">{"{{ webhook.body.user.email }}"}</code>.
    </>
  ),
  schedule: (
    <>
      The same at every tick; <code className="mono">{"{{ schedule.at }}"}</code> is the tick's time.
    </>
  ),
};
