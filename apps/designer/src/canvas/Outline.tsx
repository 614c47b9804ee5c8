import type { Playbook } from "@drawbridge/playbook";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from "react";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { groupPrefix } from "./groups.ts";
import classes from "./Outline.module.css";
import { outlineRows } from "./outline-rows.ts";
import { GroupRow, StepRow } from "./OutlineRow.tsx";
import type { StepProblems, StepView } from "./step-view.ts";

/** What editing needs from the outline; absent where it only shows. */
export interface OutlineEditing {
  readonly onFold: (group: string, folded: boolean) => void;
  /** The row whose name is being changed. */
  readonly renaming: string | null;
  readonly onRenamed: (id: string, name: string | null) => void;
  /** Keys that the list does not know; true when it was one. */
  readonly onKey: (event: KeyboardEvent, id: string) => boolean;
}

export interface OutlineProps {
  readonly playbook: Playbook;
  readonly catalog: StepCatalog;
  readonly selection: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly stepViews?: ((id: string) => StepView | undefined) | undefined;
  readonly problems?: ReadonlyMap<string, StepProblems> | undefined;
  readonly editing?: OutlineEditing | undefined;
}

/** The steps in the order of the flow, those of a group below it, for keyboard, screen reader and narrow screens. */
export function Outline({ playbook, catalog, selection, onSelect, stepViews, problems, editing }: OutlineProps) {
  const nested = editing !== undefined;
  const rows = useMemo(() => outlineRows(playbook, nested), [playbook, nested]);
  const list = useRef<HTMLUListElement>(null);
  const last = useRef(0);
  const chosen = new Set(selection);
  const places = useMemo(() => new Map(rows.map(({ id }, index) => [id, index])), [rows]);
  const active = selection.findLast((id) => places.has(id)) ?? rows[Math.min(last.current, rows.length - 1)]?.id;
  useEffect(() => {
    if (active !== undefined) last.current = places.get(active) ?? 0;
  }, [active, places]);
  const focus = (id: string | undefined) => id !== undefined && list.current?.querySelector<HTMLElement>(`[data-step-id="${CSS.escape(id)}"]`)?.focus();
  // Where an edit took away what had the focus, the row that is active now has it.
  useEffect(() => {
    if (nested && document.activeElement === document.body) focus(active);
  }, [nested, active, editing?.renaming]);
  const go = (index: number, extend: boolean) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    onSelect(extend ? [...selection.filter((id) => id !== row.id), row.id] : [row.id]);
    focus(row.id);
  };
  const foldedOf = (id: string) => (id.startsWith(groupPrefix) ? (playbook.groups?.[id.slice(groupPrefix.length)]?.folded ?? false) : undefined);
  const onKeyDown = (event: KeyboardEvent, id: string, index: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return void (editing?.onKey(event, id) && event.preventDefault());
    const move = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    const folded = foldedOf(id);
    const parent = rows[index]?.parent;
    if (move !== undefined) go(move, event.shiftKey);
    else if (event.key === "ArrowLeft" && folded === false) editing?.onFold(id.slice(groupPrefix.length), true);
    else if (event.key === "ArrowLeft" && parent) go(places.get(parent) ?? index, false);
    else if (event.key === "ArrowRight" && folded) editing?.onFold(id.slice(groupPrefix.length), false);
    else if (event.key === "ArrowRight" && folded === false) go(index + 1, false);
    else if (!editing?.onKey(event, id)) return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent, id: string) => {
    const folded = foldedOf(id);
    if (folded !== undefined && event.target instanceof Element && event.target.closest("[data-fold]")) return editing?.onFold(id.slice(groupPrefix.length), !folded);
    const adds = nested && (event.shiftKey || event.ctrlKey || event.metaKey);
    onSelect(!adds ? [id] : chosen.has(id) ? selection.filter((each) => each !== id) : [...selection, id]);
  };
  return (
    <ul ref={list} className={classes.outline} role="tree" aria-label="Steps in the order of the flow" aria-multiselectable={nested}>
      {rows.map(({ id, level, number }, index) => {
        const step = playbook.steps[id];
        const group = number === null ? playbook.groups?.[id.slice(groupPrefix.length)] : undefined;
        const renaming = editing && editing.renaming === id ? { done: (name: string | null) => editing.onRenamed(id, name) } : null;
        const view = stepViews?.(id);
        return (
          <li
            key={id}
            role="treeitem"
            aria-level={level}
            aria-selected={chosen.has(id)}
            aria-expanded={group ? !group.folded : undefined}
            tabIndex={id === active ? 0 : -1}
            className={classes.row}
            data-step-id={id}
            data-level={level}
            data-status={view?.status}
            onClick={(event) => onClick(event, id)}
            onFocus={() => selection.length === 0 && onSelect([id])}
            onKeyDown={(event) => onKeyDown(event, id, index)}
          >
            <span className={classes.number} aria-hidden>
              {number}
            </span>
            {group && <GroupRow name={group.name} count={group.steps.length} folded={group.folded ?? false} renaming={renaming} />}
            {step && <StepRow step={step} playbook={playbook} catalog={catalog} view={view} found={problems?.get(id)} renaming={renaming} />}
          </li>
        );
      })}
    </ul>
  );
}
