import { ActionIcon, Button } from "@mantine/core";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { ConditionBuilder } from "../editor/condition/ConditionBuilder.tsx";
import { type StepPanelProps, useEditor } from "../editor/editor-context.ts";
import { DraftInput } from "../editor/form/DraftInput.tsx";
import { WayChoice } from "../editor/form/WayChoice.tsx";
import form from "../editor/form/form.module.css";
import classes from "./BranchList.module.css";

/** The branches of a condition, the first that holds is taken. */
export function ConditionPanel({ id, step, change }: StepPanelProps<"condition">) {
  const { store } = useEditor();
  const free = () => {
    for (let count = step.branches.length + 1; ; count += 1) if (!step.branches.some((branch) => branch.label === `branch ${count}`)) return `branch ${count}`;
  };
  const move = (from: number, to: number) => {
    const branches = [...step.branches];
    const [moved] = branches.splice(from, 1);
    if (moved) branches.splice(to, 0, moved);
    change({ branches });
  };
  return (
    <div className={form.form}>
      {step.branches.map((branch, index) => (
        <section key={index} className={classes.branch} aria-label={`Branch ${branch.label}`}>
          <div className={classes.head}>
            <DraftInput
              label={index === 0 ? "If" : "Else if"}
              required
              value={branch.label}
              commit={(label) => store.getState().apply([{ type: "rename-branch", params: { step: id, from: branch.label, to: label } }], { merge: `branch:${id}:${index}` })}
            />
            <ActionIcon size="sm" aria-label={`Move ${branch.label} up`} disabled={index === 0} onClick={() => move(index, index - 1)}>
              <ArrowUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon size="sm" aria-label={`Move ${branch.label} down`} disabled={index === step.branches.length - 1} onClick={() => move(index, index + 1)}>
              <ArrowDown size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={`Remove ${branch.label}`}
              disabled={step.branches.length === 1}
              onClick={() => store.getState().apply([{ type: "remove-branch", params: { step: id, label: branch.label } }])}
            >
              <Trash2 size={14} aria-hidden />
            </ActionIcon>
          </div>
          <ConditionBuilder
            label={`When ${branch.label}`}
            value={branch.when}
            pointer={`/branches/${index}/when`}
            onChange={(when) => change({ branches: step.branches.map((each, at) => (at === index ? { ...each, when } : each)) })}
          />
          <WayChoice from={id} way={`branch:${branch.label}`} label="goes to" />
        </section>
      ))}
      <Button variant="default" leftSection={<Plus size={14} aria-hidden />} onClick={() => store.getState().apply([{ type: "add-branch", params: { step: id, label: free() } }])}>
        Add a branch
      </Button>
      <section className={classes.branch} aria-label="Otherwise">
        <WayChoice from={id} way="otherwise" label="Otherwise" />
      </section>
    </div>
  );
}
