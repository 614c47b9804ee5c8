import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { linesMoved } from "./kept-place.ts";
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
  /** What is seen stays in its place when lines come or go above it. */
  readonly keepsPlace?: boolean;
  /** Told when the list is at its top, and when it leaves it. */
  readonly onTop?: (atTop: boolean) => void;
  readonly ref?: Ref<{ readonly toTop: () => void }>;
}

/** A long list of which only what is seen is drawn; `columns` makes it a grid. */
export function VirtualList<Item>({ items, keyOf, height, columns = 1, gap = 0, label, head, more, children, className, keepsPlace = false, onTop, ref }: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = Math.ceil(items.length / columns);
  /** The line with the focus stays drawn when it is scrolled out of sight, so that keys go on working. */
  const [held, setHeld] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + gap,
    overscan: 8,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return held === null || held >= lines || near.includes(held) ? near : [...near, held].sort((one, other) => one - other);
    },
  });
  useImperativeHandle(ref, () => ({ toTop: () => scroller.current?.scrollTo({ top: 0 }) }), []);
  const before = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    if (!keepsPlace) return;
    const keys = items.map(keyOf);
    const place = scroller.current;
    if (place && place.scrollTop > 0) place.scrollTop += linesMoved(before.current, keys, Math.floor(place.scrollTop / (height + gap))) * (height + gap);
    before.current = keys;
  });
  const hold = (event: FocusEvent) => {
    const line = (event.target as HTMLElement).closest<HTMLElement>("[data-line]")?.dataset["line"];
    setHeld(line === undefined ? null : Number(line));
  };
  const shown = virtual.getVirtualItems();
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (lines > 0 && last >= lines - 10) more();
  }, [last, lines, more]);
  return (
    <div ref={scroller} className={`${classes.scroller} ${className ?? ""}`} onScroll={onTop && ((event) => onTop(event.currentTarget.scrollTop <= 0))}>
      {head}
      <ul className={classes.list} style={{ height: virtual.getTotalSize() - (lines > 0 ? gap : 0) }} aria-label={label} onFocus={hold} onBlur={() => setHeld(null)}>
        {shown.map((line) => (
          <li
            key={line.key}
            className={classes.line}
            data-line={line.index}
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
