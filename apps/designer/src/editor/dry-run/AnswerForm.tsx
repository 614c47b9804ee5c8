import type { Json } from "@drawbridge/playbook";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./DryRunPanel.module.css";

/** An ask of the dry run, to be answered. */
export function AnswerForm({
  step,
  title,
  prompt,
  branches,
  fields,
  busy,
  onAnswer,
}: {
  step: string;
  title: string;
  prompt: string;
  branches: readonly string[];
  fields: readonly { readonly key: string; readonly label: string; readonly type: string }[];
  busy: boolean;
  onAnswer: (answer: string, values: { [key: string]: Json }) => void;
}) {
  const [values, setValues] = useState<{ readonly [key: string]: string }>({});
  const typed = () =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const text = values[field.key];
        if (text === undefined || text === "") return [];
        const value: Json =
          field.type === "number" ? Number(text) : field.type === "boolean" ? text === "true" : field.type === "choices" ? text.split(",").map((each) => each.trim()) : text;
        return [[field.key, value] as const];
      }),
    );
  return (
    <section className={classes.ask} aria-label={`Answer ${title}`} data-ask={step}>
      <h3>{title}</h3>
      <p>{prompt}</p>
      {fields.map((field) => (
        <TextInput key={field.key} label={field.label} value={values[field.key] ?? ""} onChange={(event) => setValues({ ...values, [field.key]: event.currentTarget.value })} />
      ))}
      <div className={classes.buttons}>
        {branches.map((branch) => (
          <Button key={branch} size="xs" variant="default" disabled={busy} onClick={() => onAnswer(branch, typed())}>
            {branch}
          </Button>
        ))}
      </div>
    </section>
  );
}
