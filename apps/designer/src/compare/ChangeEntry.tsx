import type { Playbook } from "@drawbridge/playbook";
import { Group as GroupIcon, type LucideIcon, StickyNote, Workflow } from "lucide-react";
import { memo } from "react";
import { changeLooks } from "../canvas/ChangeSign.tsx";
import { lookOf } from "../steps/looks.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { StepTile } from "../steps/StepTile.tsx";
import classes from "./ChangeList.module.css";
import type { Change, Comparison } from "./comparison.ts";
import { FieldDiff } from "./FieldDiff.tsx";

const icons: { readonly [About in Exclude<Change["about"], "step">]: LucideIcon } = { playbook: Workflow, group: GroupIcon, note: StickyNote };

/** One change: what it is about, and each field before and after. */
export const ChangeEntry = memo(function ChangeEntry({
  change,
  comparison,
  catalog,
  current,
  reachable,
  onChoose,
}: {
  change: Change;
  comparison: Comparison;
  catalog: StepCatalog;
  current: boolean;
  /** Tab comes to it. */
  reachable: boolean;
  onChoose: (key: string) => void;
}) {
  const { kind, title, rows } = change;
  const { icon: Icon, word } = changeLooks[kind];
  return (
    <article className={classes.entry} data-kind={kind} data-current={current || undefined} data-change={change.key}>
      <button type="button" className={classes.head} aria-current={current || undefined} tabIndex={reachable ? 0 : -1} onClick={() => onChoose(change.key)}>
        <span className={classes.kind}>
          <Icon size={13} strokeWidth={2.5} aria-hidden />
        </span>
        <Mark change={change} comparison={comparison} catalog={catalog} />
        <span className={classes.titles}>
          <b className="cut">{title}</b>
          <span className={`${classes.second} cut`}>
            <span className={classes.word}>{word}</span>
            {secondLine(change, comparison, catalog)}
          </span>
        </span>
      </button>
      {rows.length > 0 && (
        <div className={classes.rows}>
          {rows.map((row) => (
            <FieldDiff key={row.pointer} row={row} />
          ))}
        </div>
      )}
    </article>
  );
});

const stepIn = ({ before, after }: { readonly before: Playbook; readonly after: Playbook }, { about, id }: Change) =>
  about === "step" ? (after.steps[id] ?? before.steps[id]) : undefined;

function Mark({ change, comparison, catalog }: { change: Change; comparison: Comparison; catalog: StepCatalog }) {
  const step = stepIn(comparison, change);
  if (step) return <StepTile step={step} catalog={catalog} size={24} />;
  const Icon = change.about === "step" ? Workflow : icons[change.about];
  return (
    <span className={classes.mark}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
    </span>
  );
}

function secondLine(change: Change, comparison: Comparison, catalog: StepCatalog): string {
  const step = stepIn(comparison, change);
  if (step) return ` · ${lookOf(step).subtitle(step, catalog)}`;
  return change.about === "playbook" ? " · the playbook itself" : "";
}
