import { type Playbook, type Step, waysOf } from "@drawbridge/playbook";
import { ChevronDown, ChevronRight, Layers, PenLine, TriangleAlert } from "lucide-react";
import { countText } from "../shared/format.ts";
import { StatusMark } from "../shared/StatusMark.tsx";
import { lookOf } from "../steps/looks.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { StepTile } from "../steps/StepTile.tsx";
import classes from "./Outline.module.css";
import { RenameField } from "./RenameField.tsx";
import type { StepProblems, StepView } from "./step-view.ts";

/** Renaming under way; null when the row only shows its name. */
export type Renaming = { readonly done: (name: string | null) => void } | null;

/** What a row shows of a step: what it is or how it stands, and where it leads. */
export function StepRow({
  step,
  playbook,
  catalog,
  view,
  found,
  renaming,
}: {
  step: Step;
  playbook: Playbook;
  catalog: StepCatalog;
  view: StepView | undefined;
  found: StepProblems | undefined;
  renaming: Renaming;
}) {
  const ways = waysOf(step).filter((way) => way.next.length > 0);
  return (
    <>
      <StepTile step={step} catalog={catalog} />
      <span className={classes.text}>
        {renaming ? <RenameField name={step.name} done={renaming.done} /> : <b className="cut">{view?.hidden ? "Not shown to you" : step.name}</b>}
        <span className={classes.second}>
          {view ? <StatusMark status={view.status} {...(view.word !== undefined && { word: view.word })} /> : lookOf(step).subtitle(step, catalog)}
          {view?.time && <span className="num">· {view.time}</span>}
          {!view && lookOf(step).effect(step, catalog) === "changes" && <PenLine size={11} strokeWidth={2} className={classes.changes} aria-label="changes" />}
        </span>
        {view?.because && <span className={classes.because}>{view.because}</span>}
      </span>
      <span className={classes.ways}>
        {ways.map((way) => (
          <span key={way.id} className={classes.way} data-kind={way.kind} data-taken={view?.way === way.id || undefined}>
            {way.label && <em>{way.label}</em>}
            <span className="cut">
              <span aria-hidden>→ </span>
              <span className="unseen">to </span>
              {way.next.map((next) => playbook.steps[next]?.name ?? next).join(", ")}
            </span>
          </span>
        ))}
      </span>
      {found && (
        <span className={classes.problem} data-severity={found.severity} title={found.messages.join("\n")}>
          <TriangleAlert size={14} aria-label={`${found.messages.length} ${found.severity}`} />
        </span>
      )}
    </>
  );
}

/** What a row shows of a group: its name and how many steps it has. */
export function GroupRow({ name, count, folded, renaming }: { name: string; count: number; folded: boolean; renaming: Renaming }) {
  const Chevron = folded ? ChevronRight : ChevronDown;
  return (
    <>
      <span className={classes.fold} data-fold aria-hidden>
        <Chevron size={14} strokeWidth={2.25} />
      </span>
      <Layers size={16} strokeWidth={1.75} aria-hidden />
      <span className={classes.text}>
        {renaming ? <RenameField name={name} done={renaming.done} /> : <b className="cut">{name}</b>}
        <span className={classes.second}>{countText(count, "step")}</span>
      </span>
    </>
  );
}
