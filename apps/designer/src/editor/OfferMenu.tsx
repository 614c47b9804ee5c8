import { useEffect, useMemo, useRef, useState } from "react";
import type { Point } from "../canvas/geometry.ts";
import { IntegrationMark, KindMark } from "../steps/StepTile.tsx";
import { useEditor } from "./editor-context.ts";
import classes from "./OfferMenu.module.css";
import { type PaletteItem, paletteItems, searchItems } from "./palette-item.ts";

/** What can follow, offered where a way was dropped or a plus was pressed. */
export function OfferMenu({ at, title, onTake, onClose }: { at: Point; title: string; onTake: (item: PaletteItem) => void; onClose: () => void }) {
  const { catalog } = useEditor();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const items = useMemo(() => searchItems(paletteItems(catalog), typed, catalog), [catalog, typed]);
  useEffect(() => {
    const close = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", close, true);
    return () => document.removeEventListener("pointerdown", close, true);
  }, [onClose]);
  const shown = typed === "" ? [...items].sort((a, b) => Number(a.action !== null) - Number(b.action !== null)) : items;
  const index = Math.min(active, shown.length - 1);
  const left = Math.max(8, Math.min(at.x - 20, window.innerWidth - 296));
  const top = Math.max(8, Math.min(at.y + 8, window.innerHeight - 356));
  return (
    <div ref={box} className={classes.menu} style={{ left, top }} role="dialog" aria-label={title}>
      <input
        className={classes.search}
        autoFocus
        placeholder={title}
        aria-label={title}
        role="combobox"
        aria-expanded
        aria-controls="offer-list"
        aria-activedescendant={shown[index] ? `offer-${shown[index].key}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          else if (event.key === "ArrowDown") setActive(Math.min(index + 1, shown.length - 1));
          else if (event.key === "ArrowUp") setActive(Math.max(index - 1, 0));
          else if (event.key === "Enter" && shown[index]) onTake(shown[index]);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <ul id="offer-list" className={classes.list} role="listbox" aria-label={title}>
        {shown.slice(0, 80).map((item, place) => (
          <li
            key={item.key}
            id={`offer-${item.key}`}
            role="option"
            aria-selected={place === index}
            className={classes.item}
            ref={(element) => {
              if (place === index) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => onTake(item)}
          >
            {item.integration === null ? <KindMark kind={item.kind} size={20} /> : <IntegrationMark id={item.integration} catalog={catalog} size={20} />}
            <span className="cut grow">{item.title}</span>
            <span className={classes.note}>{item.integration === null ? "" : (catalog.integrations.get(item.integration)?.title ?? item.integration)}</span>
          </li>
        ))}
        {shown.length === 0 && <li className={classes.empty}>Nothing matches</li>}
      </ul>
    </div>
  );
}
