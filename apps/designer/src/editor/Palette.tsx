import { ChevronDown, ChevronRight, Eye, PenLine, Search } from "lucide-react";
import { type DragEvent, type KeyboardEvent, memo, type Ref, useId, useMemo, useState } from "react";
import { IntegrationMark, KindMark } from "../steps/StepTile.tsx";
import { useEditor } from "./editor-context.ts";
import classes from "./Palette.module.css";
import { dragType, type PaletteItem, paletteItems, searchItems } from "./palette-item.ts";

/** Everything that can be put on the canvas: to drag, or to add after the selection with Enter. */
export const Palette = memo(function Palette({ onAdd, searchRef }: { onAdd: (item: PaletteItem) => void; searchRef?: Ref<HTMLInputElement> }) {
  const { catalog } = useEditor();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([...catalog.integrations.keys()].slice(0, 3)));
  const listId = useId();
  const items = useMemo(() => paletteItems(catalog), [catalog]);
  const found = useMemo(() => (typed.trim() === "" ? null : searchItems(items, typed, catalog)), [items, typed, catalog]);
  const kinds = items.filter((item) => item.action === null);
  const onSearchKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") {
      if (typed === "") event.currentTarget.blur();
      setTyped("");
    } else if (event.key === "Enter" && found?.[0]) {
      event.preventDefault();
      onAdd(found[0]);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      document.getElementById(listId)?.querySelector<HTMLElement>("[data-palette-item]")?.focus();
    }
  };
  const onListKey = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <div className={classes.palette}>
      <label className={classes.search}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <input
          ref={searchRef}
          type="search"
          placeholder="Add a step"
          aria-label="Search steps and actions"
          aria-controls={listId}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onSearchKey}
        />
        <kbd className={classes.kbd}>/</kbd>
      </label>
      <div id={listId} className={classes.list} role="group" aria-label="Steps and actions" onKeyDown={onListKey}>
        {found ? (
          <>
            <p className={classes.heading} role="status">
              {found.length === 0 ? "Nothing matches" : `${found.length} found; Enter adds the first`}
            </p>
            {found.map((item, index) => (
              <ActionRow key={item.key} item={item} onAdd={onAdd} first={index === 0} withTile />
            ))}
          </>
        ) : (
          <>
            <p className={classes.heading}>Steps</p>
            <div className={classes.kinds}>
              {kinds.map((item) => (
                <button
                  key={item.key}
                  type="button"
                  className={classes.kind}
                  data-palette-item={item.key}
                  title={item.summary}
                  draggable
                  onDragStart={(event) => drag(event, item)}
                  onClick={() => onAdd(item)}
                >
                  <KindMark kind={item.kind} size={20} />
                  {item.title}
                </button>
              ))}
            </div>
            <p className={`${classes.heading} ${classes.ruled}`}>
              Integrations <span>{new Set(catalog.connections.map((each) => each.integration)).size} connected</span>
            </p>
            {[...catalog.integrations.values()].map((integration) => {
              const own = items.filter((item) => item.integration === integration.id);
              const shown = open.has(integration.id);
              const Chevron = shown ? ChevronDown : ChevronRight;
              return (
                <div key={integration.id}>
                  <button type="button" className={classes.integration} aria-expanded={shown} onClick={() => toggle(integration.id)}>
                    <Chevron size={12} strokeWidth={2} aria-hidden />
                    <IntegrationMark id={integration.id} catalog={catalog} size={20} />
                    <span className="cut">{integration.title}</span>
                    <span className={classes.count}>{own.length}</span>
                  </button>
                  {shown && own.map((item) => <ActionRow key={item.key} item={item} onAdd={onAdd} />)}
                </div>
              );
            })}
          </>
        )}
      </div>
    </div>
  );
});

function drag(event: DragEvent, item: PaletteItem) {
  event.dataTransfer.setData(dragType, item.key);
  event.dataTransfer.effectAllowed = "copy";
}

function ActionRow({ item, onAdd, first = false, withTile = false }: { item: PaletteItem; onAdd: (item: PaletteItem) => void; first?: boolean; withTile?: boolean }) {
  const { catalog } = useEditor();
  return (
    <button
      type="button"
      className={classes.action}
      data-palette-item={item.key}
      data-first={first || undefined}
      data-tile={withTile || undefined}
      title={item.summary}
      draggable
      onDragStart={(event) => drag(event, item)}
      onClick={() => onAdd(item)}
    >
      {withTile && (item.integration === null ? <KindMark kind={item.kind} size={20} /> : <IntegrationMark id={item.integration} catalog={catalog} size={20} />)}
      <span className="cut">{item.title}</span>
      {item.effect && (
        <span className={classes.effect} data-effect={item.effect}>
          {item.effect === "changes" ? <PenLine size={12} aria-hidden /> : <Eye size={12} aria-hidden />}
          {item.effect}
        </span>
      )}
    </button>
  );
}
