import { Select } from "@mantine/core";
import { CircleCheck, CircleX } from "lucide-react";
import { memo, useMemo } from "react";
import { type StepPanelProps, useEditor } from "../editor/editor-context.ts";
import { fieldsOf } from "../editor/form/schema-fields.ts";
import { SchemaForm } from "../editor/form/SchemaForm.tsx";
import classes from "../editor/form/form.module.css";
import { LoopFields } from "./LoopFields.tsx";

type Change = StepPanelProps<"action">["change"];

/** What an action is called with. */
export function ActionPanel({ step, change }: StepPanelProps<"action">) {
  const { catalog } = useEditor();
  const facts = catalog.actions.get(step.action);
  const input = facts?.input ?? null;
  const fields = useMemo(() => fieldsOf(input), [input]);
  return (
    <div className={classes.form}>
      <ActionChoice action={step.action} connection={step.connection} change={change} />
      <ConnectionChoice action={step.action} connection={step.connection} change={change} />
      {(fields.length > 0 || !facts) && <SchemaForm fields={fields} value={step.with ?? {}} pointer="/with" onChange={(next) => change({ with: next })} />}
      {facts && fields.length === 0 && <p className={classes.help}>This action takes nothing.</p>}
      <LoopFields forEach={step.forEach} repeat={step.repeat} change={change} />
    </div>
  );
}

const ActionChoice = memo(function ActionChoice({ action, connection, change }: { action: string; connection: string | undefined; change: Change }) {
  const { catalog } = useEditor();
  const facts = catalog.actions.get(action);
  const integration = action.split(".")[0] ?? "";
  const groups = [...catalog.integrations.values()].map((each) => ({
    group: each.title,
    items: [...catalog.actions.values()].filter((one) => one.integration === each.id).map((one) => ({ value: one.name, label: one.title })),
  }));
  return (
    <Select
      label="Action"
      searchable
      allowDeselect={false}
      data={[...groups.filter((group) => group.items.length > 0), ...(facts ? [] : [{ group: "Unknown here", items: [{ value: action, label: action }] }])]}
      value={action}
      description={facts?.summary}
      error={facts ? undefined : "No integration here has this action."}
      onChange={(name) => {
        if (name === null || name === action) return;
        const same = name.split(".")[0] === integration;
        const own = catalog.connections.filter((each) => each.integration === name.split(".")[0]);
        change({ action: name, connection: same ? connection : own.length === 1 ? own[0]?.id : undefined });
      }}
    />
  );
});

const ConnectionChoice = memo(function ConnectionChoice({ action, connection, change }: { action: string; connection: string | undefined; change: Change }) {
  const { catalog } = useEditor();
  const connections = catalog.connections.filter((each) => each.integration === action.split(".")[0]);
  const chosen = catalog.connections.find((each) => each.id === connection);
  if (connections.length === 0 && connection === undefined) return null;
  return (
    <Select
      label="Connection"
      data={[
        ...connections.map((each) => ({ value: each.id, label: each.name, disabled: !each.enabled })),
        ...(connection !== undefined && !connections.some((each) => each.id === connection) ? [{ value: connection, label: `${connection} (unknown here)` }] : []),
      ]}
      value={connection ?? null}
      clearable
      placeholder={connections.length === 1 ? connections[0]?.name : "Choose"}
      rightSectionWidth={chosen?.lastTest ? 116 : undefined}
      rightSection={chosen?.lastTest ? <Reachable ok={chosen.lastTest.ok} /> : undefined}
      onChange={(id) => change({ connection: id ?? undefined })}
    />
  );
});

function Reachable({ ok }: { ok: boolean }) {
  return (
    <span style={{ display: "inline-flex", gap: 4, alignItems: "center", fontSize: 11, fontWeight: 600, color: ok ? "var(--ok)" : "var(--fail)", paddingRight: 24 }}>
      {ok ? <CircleCheck size={13} aria-hidden /> : <CircleX size={13} aria-hidden />}
      {ok ? "Reachable" : "Not reachable"}
    </span>
  );
}
