import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./VirtualList.module.css";

interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly height: number;
  readonly columns?: number;
  readonly gap?: number;
  readonly label: string;
  readonly head?: ReactNode;
  /** Called when the end comes near. */
  readonly more: () => void;
  readonly children: (item: Item) => ReactNode;
  readonly className?: string | undefined;
}

/** A long list of which only what is seen is drawn; `columns` makes it a grid. */
export function VirtualList<Item>({ items, keyOf, height, columns = 1, gap = 0, label, head, more, children, className }: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = Math.ceil(items.length / columns);
  const virtual = useVirtualizer({ count: lines, getScrollElement: () => scroller.current, estimateSize: () => height + gap, overscan: 8 });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lines > 0 && last >= lines - 10) more();
  }, [last, lines, more]);
  return (
    <div ref={scroller} className={`${classes.scroller} ${className ?? ""}`}>
      {head}
      <ul className={classes.list} style={{ height: virtual.getTotalSize() - (lines > 0 ? gap : 0) }} aria-label={label}>
        {shown.map((line) => (
          <li
            key={line.key}
            className={classes.line}
            style={{ height, transform: `translateY(${line.start}px)`, gap, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
            role={columns > 1 ? "presentation" : undefined}
          >
            {items.slice(line.index * columns, (line.index + 1) * columns).map((item) => (
              <div key={keyOf(item)} className={classes.cell}>
                {children(item)}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
