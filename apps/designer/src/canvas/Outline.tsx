import type { Playbook } from "@drawbridge/playbook";
import { waysOf } from "@drawbridge/playbook";
import { PenLine, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef } from "react";
import { StatusMark } from "../shared/StatusMark.tsx";
import { lookOf } from "../steps/looks.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { StepTile } from "../steps/StepTile.tsx";
import { flowOrder } from "./flow-order.ts";
import classes from "./Outline.module.css";
import type { StepProblems, StepView } from "./step-view.ts";

export interface OutlineProps {
  readonly playbook: Playbook;
  readonly catalog: StepCatalog;
  readonly selection: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly stepViews?: ((id: string) => StepView | undefined) | undefined;
  readonly problems?: ReadonlyMap<string, StepProblems> | undefined;
  /** Keys that the list does not know go to the page. */
  readonly onKey?: ((event: KeyboardEvent, id: string) => void) | undefined;
}

/** The steps as a list in the order of the flow, for keyboard, screen reader and narrow screens. */
export function Outline({ playbook, catalog, selection, onSelect, stepViews, problems, onKey }: OutlineProps) {
  const order = useMemo(() => flowOrder(playbook), [playbook]);
  const list = useRef<HTMLUListElement>(null);
  const chosen = new Set(selection);
  const active = selection.find((id) => playbook.steps[id]) ?? order[0];
  const go = (index: number) => {
    const id = order[Math.max(0, Math.min(order.length - 1, index))];
    if (id === undefined) return;
    onSelect([id]);
    list.current?.querySelector<HTMLElement>(`[data-step-id="${id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, id: string, index: number) => {
    const move = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: order.length - 1 }[event.key];
    if (move === undefined) return onKey?.(event, id);
    event.preventDefault();
    go(move);
  };
  return (
    <ul ref={list} className={classes.outline} role="listbox" aria-label="Steps in the order of the flow" aria-multiselectable>
      {order.map((id, index) => {
        const step = playbook.steps[id];
        if (!step) return null;
        const view = stepViews?.(id);
        const found = problems?.get(id);
        const ways = waysOf(step).filter((way) => way.next.length > 0);
        return (
          <li
            key={id}
            role="option"
            aria-selected={chosen.has(id)}
            tabIndex={id === active ? 0 : -1}
            className={classes.row}
            data-step-id={id}
            data-status={view?.status}
            onClick={() => onSelect([id])}
            onFocus={() => !chosen.has(id) && onSelect([id])}
            onKeyDown={(event) => onKeyDown(event, id, index)}
          >
            <span className={classes.number} aria-hidden>
              {index + 1}
            </span>
            <StepTile step={step} catalog={catalog} />
            <span className={classes.text}>
              <b className="cut">{view?.hidden ? "Not shown to you" : step.name}</b>
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
          </li>
        );
      })}
    </ul>
  );
}
