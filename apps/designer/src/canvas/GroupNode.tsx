import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { ArrowDownToLine, ArrowUpFromLine, ChevronDown, ChevronRight, Layers } from "lucide-react";
import { memo, useContext } from "react";
import { CanvasContext } from "./canvas-context.ts";
import classes from "./GroupNode.module.css";

export interface GroupNodeData extends Record<string, unknown> {
  readonly group: string;
  readonly name: string;
  readonly count: number;
  readonly folded: boolean;
  readonly into: number;
  readonly out: number;
}
export type GroupNodeType = Node<GroupNodeData, "group-of-steps">;

/** A group: a frame behind its steps or, folded, one card that tells what goes in and out. */
export const GroupNode = memo(function GroupNode({ data, selected }: NodeProps<GroupNodeType>) {
  return data.folded ? <FoldedCard data={data} selected={selected} /> : <Frame data={data} selected={selected} />;
});

interface Part {
  readonly data: GroupNodeData;
  readonly selected: boolean;
}

function Frame({ data, selected }: Part) {
  return (
    <div className={classes.frame} data-selected={selected || undefined}>
      <div className={classes.title}>
        <FoldButton data={data} />
        <b className="cut">{data.name}</b>
        <span className={classes.count}>{data.count}</span>
      </div>
    </div>
  );
}

function FoldedCard({ data, selected }: Part) {
  const { detail } = useContext(CanvasContext);
  return (
    <div className={classes.card} data-selected={selected || undefined} data-detail={detail}>
      <Handle id="in" type="target" position={Position.Top} className={classes.unseen} isConnectable={false} />
      <div className={classes.head}>
        <FoldButton data={data} />
        {detail !== "block" && (
          <span className={classes.text}>
            <b className="cut">{data.name}</b>
            {detail === "full" && (
              <span className={classes.second}>
                <Layers size={12} strokeWidth={2} aria-hidden /> {data.count} {data.count === 1 ? "step" : "steps"}
              </span>
            )}
          </span>
        )}
      </div>
      {detail === "full" && (
        <div className={classes.foot}>
          <span>
            <ArrowDownToLine size={12} strokeWidth={2} aria-hidden /> {data.into} in
          </span>
          <span>
            <ArrowUpFromLine size={12} strokeWidth={2} aria-hidden className={classes.outward} /> {data.out} out
          </span>
        </div>
      )}
      <Handle id="out" type="source" position={Position.Bottom} className={classes.unseen} isConnectable={false} />
    </div>
  );
}

function FoldButton({ data }: { data: GroupNodeData }) {
  const { fold } = useContext(CanvasContext);
  const Icon = data.folded ? ChevronRight : ChevronDown;
  if (!fold) return <Layers size={14} strokeWidth={2} aria-hidden />;
  return (
    <button
      type="button"
      className={`${classes.fold} nodrag`}
      aria-label={`${data.folded ? "Open" : "Fold"} ${data.name}`}
      aria-expanded={!data.folded}
      onClick={(event) => {
        event.stopPropagation();
        fold(data.group, !data.folded);
      }}
      onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && event.stopPropagation()}
    >
      <Icon size={14} strokeWidth={2.25} aria-hidden />
    </button>
  );
}
