import type { Side } from "@drawbridge/playbook";
import { Workflow } from "lucide-react";
import { memo } from "react";
import { FieldDiff, ValueDiff } from "../../compare/FieldDiff.tsx";
import { StepTile } from "../../steps/StepTile.tsx";
import type { StepCatalog } from "../../steps/step-catalog.ts";
import classes from "./Merge.module.css";
import type { ConflictSide, NamedConflict } from "./merge-conflicts.ts";

/** What both changed differently: as it was, mine and theirs beside each other, and which of the two is kept. */
export const ConflictCard = memo(function ConflictCard({
  conflict,
  number,
  current,
  catalog,
  theirs,
  by,
  choice,
  onChoose,
  onCurrent,
}: {
  conflict: NamedConflict;
  number: number;
  current: boolean;
  catalog: StepCatalog;
  /** What the other side is called. */
  theirs: string;
  /** Who made it. */
  by: string;
  choice: Side | undefined;
  onChoose: (pointer: string, side: Side) => void;
  onCurrent: (pointer: string) => void;
}) {
  const { pointer, step, title, field, base } = conflict;
  const sides = [
    { side: "mine", head: "Mine", value: conflict.mine },
    { side: "theirs", head: theirs, value: conflict.theirs },
  ] as const;
  return (
    <section
      className={classes.conflict}
      aria-label={`${title}, ${field}`}
      data-conflict={number}
      data-current={current || undefined}
      onFocus={() => onCurrent(pointer)}
      onClick={() => onCurrent(pointer)}
    >
      <header className={classes.head}>
        {step?.step ? (
          <StepTile step={step.step} catalog={catalog} size={24} />
        ) : (
          <span className={classes.mark}>
            <Workflow size={14} strokeWidth={1.75} aria-hidden />
          </span>
        )}
        <b className="cut">{title}</b>
        <span className={`${classes.fieldName} cut`}>{field}</span>
        <span className="grow" />
        {choice === undefined && <span className={classes.open}>to be chosen</span>}
      </header>
      <div className={classes.three} role="radiogroup" aria-label={`Which to keep of ${title}, ${field}`}>
        <div className={classes.column}>
          <p className={classes.columnHead}>Before</p>
          <SideOf side={base} base={null} />
        </div>
        {sides.map(({ side, head, value }) => (
          <label key={side} className={classes.column} data-chosen={choice === side || undefined}>
            <span className={classes.columnHead}>
              <input type="radio" name={`keep ${pointer}`} aria-label={`${head}: ${spoken(value)}`} checked={choice === side} onChange={() => onChoose(pointer, side)} />
              {head}
              {side === "theirs" && <span className={`${classes.by} cut`}>{by}</span>}
            </span>
            <SideOf side={value} base={base} />
          </label>
        ))}
      </div>
    </section>
  );
});

function SideOf({ side, base }: { side: ConflictSide; base: ConflictSide | null }) {
  if (side.kind === "none") return <p className={classes.none}>{base?.kind === "none" || base === null ? "Not there" : "Removed"}</p>;
  if (side.kind === "value")
    return base?.kind === "value" ? (
      <ValueDiff before={base.value} after={side.value} />
    ) : base === null ? (
      <p className={`${classes.plain} ${side.value.language === "text" ? "" : "mono"}`}>{side.value.text}</p>
    ) : (
      <ValueDiff before={null} after={side.value} />
    );
  if (base === null) return <p className={classes.none}>There</p>;
  if (side.rows.length === 0) return <p className={classes.none}>As before; something new leads to it</p>;
  return (
    <div className={classes.rows}>
      {side.rows.map((row) => (
        <FieldDiff key={row.pointer} row={row} />
      ))}
    </div>
  );
}

function spoken(side: ConflictSide): string {
  if (side.kind === "none") return "removed";
  if (side.kind === "value") return side.value.text;
  return side.rows.length === 0 ? "as before" : `changes ${side.rows.map(({ label }) => label).join(", ")}`;
}
