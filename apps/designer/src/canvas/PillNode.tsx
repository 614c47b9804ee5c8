import type { StepStatus } from "@drawbridge/interpreter";
import type { Step } from "@drawbridge/playbook";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { CircleCheck, CircleX, Flag, Play, Zap } from "lucide-react";
import { memo, useContext } from "react";
import { CanvasContext } from "./canvas-context.ts";
import { ChangeSign } from "./ChangeSign.tsx";
import classes from "./PillNode.module.css";
import type { ChangeKind, StepProblems, StepView } from "./step-view.ts";

export interface StartNodeData extends Record<string, unknown> {
  readonly label: string;
  readonly triggered: boolean;
  readonly status: StepStatus | undefined;
}
export type StartNodeType = Node<StartNodeData, "start">;

/** Where a run begins. */
export const StartNode = memo(function StartNode({ data }: NodeProps<StartNodeType>) {
  const { mode } = useContext(CanvasContext);
  const Icon = data.status === "succeeded" ? CircleCheck : data.triggered ? Zap : Play;
  return (
    <div className={classes.pill} data-status={data.status}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span className="cut">{data.label}</span>
      <Handle
        id="start"
        type="source"
        position={Position.Bottom}
        isConnectable={mode === "edit"}
        className={mode === "edit" ? classes.port : classes.unseen}
        data-way="start"
        data-from="$start"
      />
    </div>
  );
});

export interface EndNodeData extends Record<string, unknown> {
  readonly step: Step;
  readonly view: StepView | undefined;
  readonly problems: StepProblems | undefined;
  readonly change: ChangeKind | undefined;
}
export type EndNodeType = Node<EndNodeData, "end">;

/** Where a way ends. */
export const EndNode = memo(function EndNode({ data, selected }: NodeProps<EndNodeType>) {
  const { mode } = useContext(CanvasContext);
  const failed = data.step.kind === "end" && data.step.result === "failed";
  const Icon = data.view?.status === "succeeded" ? (failed ? CircleX : CircleCheck) : Flag;
  return (
    <div
      className={classes.pill}
      data-status={data.view?.status}
      data-failed={failed || undefined}
      data-selected={selected || undefined}
      data-problem={data.problems?.severity}
      data-change={data.change}
    >
      {data.change && <ChangeSign kind={data.change} />}
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span className="cut">{data.step.name}</span>
      <Handle id="in" type="target" position={Position.Top} isConnectable={mode === "edit"} className={mode === "edit" ? classes.entry : classes.unseen} />
    </div>
  );
});
