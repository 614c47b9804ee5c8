import type { Json } from "@drawbridge/playbook";
import type { AskView } from "@drawbridge/protocol";
import { Button, MultiSelect, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, MoveRight, X } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { wordsText } from "../shared/format.ts";
import classes from "./AskForm.module.css";
import { readAnswer } from "./read-answer.ts";

type Field = AskView["fields"][number];
const toneIcons = { positive: Check, negative: X, neutral: MoveRight } as const;

/** The fields of a question and a button for each answer; on a phone the buttons stay at the bottom. */
export function AskForm({ ask, onAnswered }: { ask: AskView; onAnswered?: () => void }) {
  const queries = useQueryClient();
  const [values, setValues] = useState<{ readonly [key: string]: Json }>({});
  const set = (key: string, value: Json) => setValues((earlier) => ({ ...earlier, [key]: value }));
  const answer = useMutation({
    mutationFn: (label: string) =>
      call("answerAsk", {
        body: { id: ask.id, answer: label, values: readAnswer(ask.fields, values, ask.branches.find((branch) => branch.label === label)?.tone !== "negative") },
      }),
    onSuccess: (_, label) => {
      notifyDone(`Answered: ${wordsText(label)}.`);
      onAnswered?.();
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ["asks"] }),
  });
  if (!ask.mayAnswer) return <p className={classes.not}>This question is for someone else; you can read it, and not answer it.</p>;
  const ordered = [...ask.branches].sort((one, other) => rank(one.tone) - rank(other.tone));
  return (
    <div className={classes.form}>
      {ask.fields.length > 0 && (
        <Stack gap="sm">
          {ask.fields.map((field) => (
            <FieldInput key={field.key} field={field} value={values[field.key]} onChange={(value) => set(field.key, value)} />
          ))}
        </Stack>
      )}
      {answer.error && <ProblemNote error={answer.error} />}
      <div className={classes.actions}>
        {ordered.map((branch) => {
          const Icon = toneIcons[branch.tone];
          return (
            <Button
              key={branch.label}
              className={classes.action}
              data-tone={branch.tone}
              variant={branch.tone === "positive" || (branch.tone === "neutral" && ask.branches.length === 1) ? "filled" : "default"}
              leftSection={<Icon size={16} strokeWidth={2} aria-hidden />}
              loading={answer.isPending && answer.variables === branch.label}
              disabled={answer.isPending}
              onClick={() => answer.mutate(branch.label)}
            >
              {wordsText(branch.label)}
            </Button>
          );
        })}
      </div>
    </div>
  );
}

const rank = (tone: "positive" | "negative" | "neutral") => ({ negative: 0, neutral: 1, positive: 2 })[tone];

function FieldInput({ field, value, onChange }: { field: Field; value: Json | undefined; onChange: (value: Json) => void }) {
  const shared = { label: field.label, description: field.help, required: field.required === true };
  const text = typeof value === "string" ? value : "";
  switch (field.type) {
    case "text":
      return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case "long-text":
      return <Textarea {...shared} autosize minRows={3} maxRows={10} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case "number":
      return <TextInput {...shared} inputMode="decimal" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case "date":
      return <TextInput {...shared} type="date" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case "boolean":
      return <Switch label={field.label} description={field.help} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    case "choice":
      return <Select {...shared} data={field.options ?? []} value={text || null} onChange={(chosen) => onChange(chosen ?? "")} placeholder="Choose" />;
    case "choices":
      return (
        <MultiSelect
          {...shared}
          data={field.options ?? []}
          value={Array.isArray(value) ? value.filter((each) => typeof each === "string") : []}
          onChange={onChange}
          placeholder="Choose"
        />
      );
  }
}
