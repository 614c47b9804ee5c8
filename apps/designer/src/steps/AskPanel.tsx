import type { StepOf } from "@drawbridge/playbook";
import { ActionIcon, Button, MultiSelect, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { type StepPanelProps, useEditor } from "../editor/editor-context.ts";
import { DraftInput } from "../editor/form/DraftInput.tsx";
import { DurationField } from "../editor/form/DurationField.tsx";
import { ExpressionInput } from "../editor/form/ExpressionInput.tsx";
import { Field } from "../editor/form/Field.tsx";
import form from "../editor/form/form.module.css";
import { ValuesField } from "../editor/form/ValuesField.tsx";
import { WayChoice } from "../editor/form/WayChoice.tsx";
import classes from "./BranchList.module.css";

type AskField = NonNullable<StepOf<"ask">["fields"]>[number];
const fieldTypes: readonly AskField["type"][] = ["text", "long-text", "number", "boolean", "date", "choice", "choices"];
const tones = ["positive", "negative", "neutral"] as const;
const roles = ["viewer", "analyst", "engineer", "admin"] as const;

/** What a person is asked, who, and what each answer does. */
export function AskPanel({ id, step, change }: StepPanelProps<"ask">) {
  const { store } = useEditor();
  const to = step.to ?? {};
  const putTo = (next: NonNullable<StepOf<"ask">["to"]>) => {
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)));
    change({ to: Object.keys(kept).length > 0 ? kept : undefined });
  };
  const free = () => {
    for (let count = step.branches.length + 1; ; count += 1) if (!step.branches.some((branch) => branch.label === `answer ${count}`)) return `answer ${count}`;
  };
  const fields = step.fields ?? [];
  const putFields = (next: readonly AskField[]) => change({ fields: next.length > 0 ? [...next] : undefined });
  const freeKey = () => {
    for (let count = fields.length + 1; ; count += 1) if (!fields.some((field) => field.key === `field-${count}`)) return `field-${count}`;
  };
  return (
    <div className={form.form}>
      <Field label="Question" note="Markdown">
        <ExpressionInput label="Question" value={step.prompt} lines={3} onChange={(prompt) => prompt !== "" && change({ prompt })} />
      </Field>
      <Field label="Who may answer" help="Nobody chosen means every analyst.">
        <div className={form.rows}>
          <Switch label="The case's owner" checked={to.caseOwner === true} onChange={(event) => putTo({ ...to, caseOwner: event.currentTarget.checked })} />
          <Switch label="The case's members" checked={to.caseMembers === true} onChange={(event) => putTo({ ...to, caseMembers: event.currentTarget.checked })} />
          <MultiSelect
            aria-label="Roles"
            placeholder={to.roles?.length ? "" : "Roles"}
            data={[...roles]}
            value={to.roles ?? []}
            onChange={(next) => putTo({ ...to, roles: roles.filter((role) => next.includes(role)) })}
          />
          <TagsInput
            aria-label="People by e-mail"
            placeholder={to.people?.length ? "" : "People: an e-mail or {{ }}, then Enter"}
            value={to.people ?? []}
            onChange={(people) => putTo({ ...to, people })}
          />
        </div>
      </Field>
      {step.branches.map((branch, index) => (
        <section key={index} className={classes.branch} aria-label={`Answer ${branch.label}`}>
          <div className={classes.head}>
            <DraftInput
              label={`Answer ${index + 1}`}
              required
              value={branch.label}
              commit={(label) => store.getState().apply([{ type: "rename-branch", params: { step: id, from: branch.label, to: label } }], { merge: `branch:${id}:${index}` })}
            />
            <ActionIcon
              size="sm"
              aria-label={`Remove ${branch.label}`}
              disabled={step.branches.length === 1}
              onClick={() => store.getState().apply([{ type: "remove-branch", params: { step: id, label: branch.label } }])}
            >
              <Trash2 size={14} aria-hidden />
            </ActionIcon>
          </div>
          <Select
            aria-label={`Tone of ${branch.label}`}
            data={tones.map((tone) => ({ value: tone, label: { positive: "A yes", negative: "A no", neutral: "Neither yes nor no" }[tone] }))}
            value={branch.tone ?? "neutral"}
            allowDeselect={false}
            onChange={(next) => change({ branches: step.branches.map((each, at) => (at === index ? { ...each, tone: tones.find((tone) => tone === next) ?? "neutral" } : each)) })}
          />
          <TextInput
            aria-label={`What ${branch.label} does`}
            placeholder="What this answer does, for who decides"
            value={branch.effect ?? ""}
            onChange={(event) => {
              const effect = event.currentTarget.value;
              change({
                branches: step.branches
                  .map(({ effect: _old, ...each }, at) => (at === index ? { ...each, ...(effect !== "" && { effect }) } : step.branches[at]))
                  .filter((each) => each !== undefined),
              });
            }}
          />
          <WayChoice from={id} way={`branch:${branch.label}`} label="goes to" />
        </section>
      ))}
      <Button variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={() => store.getState().apply([{ type: "add-branch", params: { step: id, label: free() } }])}>
        Add an answer
      </Button>
      <Field label="Form" help="Filled in with the answer; read as steps.<id>.output.values.">
        <div className={form.rows}>
          {fields.map((field, index) => (
            <section key={index} className={classes.branch} aria-label={`Field ${field.label}`}>
              <div className={classes.head}>
                <TextInput
                  label="Label"
                  value={field.label}
                  onChange={(event) =>
                    event.currentTarget.value !== "" && putFields(fields.map((each, at) => (at === index ? { ...each, label: event.currentTarget.value } : each)))
                  }
                />
                <ActionIcon size="sm" aria-label={`Remove field ${field.label}`} onClick={() => putFields(fields.filter((_, at) => at !== index))}>
                  <Trash2 size={14} aria-hidden />
                </ActionIcon>
              </div>
              <div className={form.pair}>
                <DraftInput
                  label="Key"
                  mono
                  value={field.key}
                  commit={(key) => {
                    if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(key)) return "Lower-case letters, digits and inner hyphens.";
                    if (fields.some((each, at) => at !== index && each.key === key)) return "Another field has this key.";
                    putFields(fields.map((each, at) => (at === index ? { ...each, key } : each)));
                    return null;
                  }}
                />
                <Select
                  label="Type"
                  data={[...fieldTypes]}
                  value={field.type}
                  allowDeselect={false}
                  onChange={(next) => putFields(fields.map((each, at) => (at === index ? { ...each, type: fieldTypes.find((type) => type === next) ?? "text" } : each)))}
                />
              </div>
              {(field.type === "choice" || field.type === "choices") && (
                <TagsInput label="Options" value={field.options ?? []} onChange={(options) => putFields(fields.map((each, at) => (at === index ? { ...each, options } : each)))} />
              )}
              <Switch
                label="Required"
                checked={field.required === true}
                onChange={(event) => putFields(fields.map((each, at) => (at === index ? { ...each, required: event.currentTarget.checked } : each)))}
              />
            </section>
          ))}
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={13} aria-hidden />}
            style={{ alignSelf: "flex-start" }}
            onClick={() => putFields([...fields, { key: freeKey(), label: "New field", type: "text" }])}
          >
            Add a field
          </Button>
        </div>
      </Field>
      <Field label="Shown beside the question">
        <ValuesField
          label="Shown beside the question"
          value={step.context ?? {}}
          onChange={(context) => change({ context: Object.keys(context).length > 0 ? context : undefined })}
        />
      </Field>
      <DurationField
        label="Time limit"
        value={step.timeLimit}
        placeholder="none"
        help="After it the ask closes and goes on at no answer."
        onChange={(timeLimit) => change({ timeLimit })}
      />
    </div>
  );
}
