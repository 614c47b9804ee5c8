import { Select } from "@mantine/core";
import { CircleCheck, CircleX } from "lucide-react";
import { type StepPanelProps, useEditor } from "../editor/editor-context.ts";
import { fieldsOf } from "../editor/form/schema-fields.ts";
import { SchemaForm } from "../editor/form/SchemaForm.tsx";
import classes from "../editor/form/form.module.css";
import { LoopFields } from "./LoopFields.tsx";

/** What an action is called with. */
export function ActionPanel({ step, change }: StepPanelProps<"action">) {
  const { catalog } = useEditor();
  const facts = catalog.actions.get(step.action);
  const integration = step.action.split(".")[0] ?? "";
  const connections = catalog.connections.filter((each) => each.integration === integration);
  const chosen = catalog.connections.find((each) => each.id === step.connection);
  const groups = [...catalog.integrations.values()].map((each) => ({
    group: each.title,
    items: [...catalog.actions.values()].filter((action) => action.integration === each.id).map((action) => ({ value: action.name, label: action.title })),
  }));
  const fields = fieldsOf(facts?.input ?? null);
  return (
    <div className={classes.form}>
      <Select
        label="Action"
        searchable
        allowDeselect={false}
        data={[...groups.filter((group) => group.items.length > 0), ...(facts ? [] : [{ group: "Unknown here", items: [{ value: step.action, label: step.action }] }])]}
        value={step.action}
        description={facts?.summary}
        error={facts ? undefined : "No integration here has this action."}
        onChange={(name) => {
          if (name === null || name === step.action) return;
          const same = name.split(".")[0] === integration;
          const own = catalog.connections.filter((each) => each.integration === name.split(".")[0]);
          change({ action: name, connection: same ? step.connection : own.length === 1 ? own[0]?.id : undefined });
        }}
      />
      {(connections.length > 0 || step.connection !== undefined) && (
        <Select
          label="Connection"
          data={[
            ...connections.map((each) => ({ value: each.id, label: each.name, disabled: !each.enabled })),
            ...(step.connection !== undefined && !connections.some((each) => each.id === step.connection)
              ? [{ value: step.connection, label: `${step.connection} (unknown here)` }]
              : []),
          ]}
          value={step.connection ?? null}
          clearable
          placeholder={connections.length === 1 ? connections[0]?.name : "Choose"}
          rightSectionWidth={chosen?.lastTest ? 116 : undefined}
          rightSection={chosen?.lastTest ? <Reachable ok={chosen.lastTest.ok} /> : undefined}
          onChange={(id) => change({ connection: id ?? undefined })}
        />
      )}
      {fields.length > 0 && <SchemaForm fields={fields} value={step.with ?? {}} pointer="/with" onChange={(next) => change({ with: next })} />}
      {facts && fields.length === 0 && <p className={classes.help}>This action takes nothing.</p>}
      {!facts && <SchemaForm fields={[]} value={step.with ?? {}} pointer="/with" onChange={(next) => change({ with: next })} />}
      <LoopFields step={step} change={change} />
    </div>
  );
}

function Reachable({ ok }: { ok: boolean }) {
  return (
    <span style={{ display: "inline-flex", gap: 4, alignItems: "center", fontSize: 11, fontWeight: 600, color: ok ? "var(--ok)" : "var(--fail)", paddingRight: 24 }}>
      {ok ? <CircleCheck size={13} aria-hidden /> : <CircleX size={13} aria-hidden />}
      {ok ? "Reachable" : "Not reachable"}
    </span>
  );
}
