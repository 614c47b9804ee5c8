import type { Step } from "@drawbridge/playbook";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Check, CircleDot, Lock, PenLine, TriangleAlert } from "lucide-react";
import { memo, useContext } from "react";
import { StatusMark, statusLooks } from "../shared/StatusMark.tsx";
import { lookOf } from "../steps/looks.ts";
import { StepTile } from "../steps/StepTile.tsx";
import { CanvasContext } from "./canvas-context.ts";
import { ChangeSign, changeLooks } from "./ChangeSign.tsx";
import { cellsOf, type Port, portsOf } from "./geometry.ts";
import classes from "./StepNode.module.css";
import type { ChangeKind, StepProblems, StepView } from "./step-view.ts";

export interface StepNodeData extends Record<string, unknown> {
  readonly step: Step;
  readonly view: StepView | undefined;
  readonly problems: StepProblems | undefined;
  readonly breakpoint: boolean;
  readonly change: ChangeKind | undefined;
}
export type StepNodeType = Node<StepNodeData, "step">;

/** One step as a card. */
export const StepNode = memo(function StepNode({ id, data, selected }: NodeProps<StepNodeType>) {
  const { mode, catalog, detail } = useContext(CanvasContext);
  const { step, view, problems } = data;
  const look = lookOf(step);
  const hidden = view?.hidden === true;
  return (
    <div
      className={classes.card}
      data-detail={detail}
      data-status={view?.status}
      data-selected={selected || undefined}
      data-handled={view?.error?.handled || undefined}
      data-hidden={hidden || undefined}
      data-change={data.change}
      title={hidden ? undefined : (view?.because ?? view?.error?.message)}
    >
      {mode === "edit" && <Handle id="in" type="target" position={Position.Top} className={classes.entry} />}
      {mode === "run" && <Handle id="in" type="target" position={Position.Top} className={classes.unseen} isConnectable={false} />}
      {detail === "block" ? (
        <div className={classes.block}>
          <StepTile step={step} catalog={catalog} size={28} />
        </div>
      ) : (
        <div className={classes.head}>
          {hidden ? (
            <span className={classes.lock}>
              <Lock size={16} aria-hidden />
            </span>
          ) : (
            <StepTile step={step} catalog={catalog} />
          )}
          <div className={classes.text}>
            <b className={classes.name}>{hidden ? "Not shown to you" : step.name}</b>
            {detail === "full" && !hidden && (
              <span className={classes.second}>
                {view ? <ViewLine view={view} /> : <span className={classes.subtitle}>{look.subtitle(step, catalog)}</span>}
                <Marks step={step} quiet={view !== undefined} />
              </span>
            )}
          </div>
        </div>
      )}
      {detail !== "block" && !hidden && <Foot step={step} view={view} detail={detail} />}
      {problems && mode === "edit" && (
        <span className={classes.problem} data-severity={problems.severity} title={problems.messages.join("\n")}>
          <TriangleAlert size={11} strokeWidth={2.2} aria-hidden />
        </span>
      )}
      {data.change && <ChangeSign kind={data.change} />}
      {data.breakpoint && (
        <span className={classes.breakpoint} title="Breakpoint">
          <CircleDot size={12} strokeWidth={2.5} aria-hidden />
        </span>
      )}
      {portsOf(step).map((port) => (
        <PortHandle key={port.way} id={id} port={port} editing={mode === "edit"} />
      ))}
    </div>
  );
});

function PortHandle({ id, port, editing }: { id: string; port: Port; editing: boolean }) {
  const place = port.side === "bottom" ? { left: port.x } : { top: port.y };
  return (
    <Handle
      id={port.way}
      type="source"
      position={port.side === "bottom" ? Position.Bottom : Position.Right}
      isConnectable={editing}
      className={editing ? classes.port : classes.unseen}
      style={place}
      data-way={port.way}
      data-from={id}
      data-exception={port.side === "right" || undefined}
      data-declared={port.declared || undefined}
      title={port.label || undefined}
    />
  );
}

function ViewLine({ view }: { view: StepView }) {
  return (
    <span className={classes.view}>
      <StatusMark status={view.status} {...(view.word !== undefined && { word: view.word })} />
      {view.time && <span className={classes.time}>· {view.time}</span>}
    </span>
  );
}

function Marks({ step, quiet }: { step: Step; quiet: boolean }) {
  const { catalog } = useContext(CanvasContext);
  const restricted = step.kind === "action" && step.action === "cases.open-child";
  const changes = !quiet && lookOf(step).effect(step, catalog) === "changes";
  if (!restricted && !changes) return null;
  return (
    <span className={classes.marks}>
      {restricted && <Lock size={12} strokeWidth={2} aria-label="restricted" />}
      {changes && <PenLine size={12} strokeWidth={2} className={classes.changes} aria-label="changes" />}
    </span>
  );
}

function Foot({ step, view, detail }: { step: Step; view: StepView | undefined; detail: "full" | "title" }) {
  const cells = cellsOf(step);
  if (cells.length > 0) {
    const over = view?.way !== undefined && view.way !== null;
    return (
      <div className={classes.foot}>
        {cells.map((cell) => (
          <span key={cell.id} className={classes.cell} data-way={cell.id} data-taken={over ? view.way === cell.id : undefined} title={cell.label}>
            {over && view.way === cell.id && <Check size={11} strokeWidth={2.5} aria-hidden />}
            <span className={classes.cellText}>{cell.label}</span>
          </span>
        ))}
      </div>
    );
  }
  const line = lookOf(step).foot(step);
  if (!line) return null;
  const Icon = line.icon;
  const progress = progressOf(view);
  return (
    <div className={classes.foot}>
      {detail === "full" && (
        <span className={classes.line}>
          <Icon size={12} strokeWidth={2} aria-hidden />
          <span className={classes.cellText} data-strong={progress !== null || undefined}>
            {progress?.text ?? line.text}
          </span>
        </span>
      )}
      {progress && <span className={classes.progress} style={{ width: `${Math.round(progress.part * 100)}%` }} />}
    </div>
  );
}

function progressOf(view: StepView | undefined): { readonly text: string; readonly part: number } | null {
  if (view?.items && view.items.total > 0) {
    const { total, succeeded, failed } = view.items;
    return { text: `${succeeded + failed} of ${total}${failed > 0 ? ` · ${failed} failed` : ""}`, part: (succeeded + failed) / total };
  }
  if (view?.poll) return { text: `Poll ${view.poll.count} of ${view.poll.max}${view.poll.text ? ` · ${view.poll.text}` : ""}`, part: view.poll.count / view.poll.max };
  return null;
}

/** How a card is read out: its name and how it stands. */
export function spokenName(step: Step, view: StepView | undefined, problems: StepProblems | undefined, change?: ChangeKind): string {
  if (view?.hidden) return "Not shown to you";
  const parts = [step.name];
  if (change) parts.push(changeLooks[change].word.toLowerCase());
  if (view) parts.push(view.word ?? statusLooks[view.status].word);
  if (problems) parts.push(`${problems.messages.length} ${problems.severity}${problems.messages.length === 1 ? "" : "s"}`);
  return parts.join(", ");
}
