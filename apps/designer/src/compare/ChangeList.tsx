import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { ChangeEntry } from "./ChangeEntry.tsx";
import classes from "./ChangeList.module.css";
import type { Change, Comparison } from "./comparison.ts";

const headHeight = 46;
const rowHeight = 62;

/** The changes in the order of the flow; only what is seen is drawn. It scrolls to the current one when that was chosen elsewhere. */
export function ChangeList({
  changes,
  comparison,
  catalog,
  current,
  onChoose,
}: {
  changes: readonly Change[];
  comparison: Comparison;
  catalog: StepCatalog;
  current: string | null;
  onChoose: (key: string) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => headHeight + (changes[index]?.rows.length ?? 0) * rowHeight,
    getItemKey: (index) => changes[index]?.key ?? index,
    overscan: 4,
  });
  const at = changes.findIndex(({ key }) => key === current);
  const pressed = useRef<string | null>(null);
  useEffect(() => {
    const change = changes[at];
    if (!change || !scroller.current) return;
    const byHand = pressed.current === change.key;
    pressed.current = null;
    if (byHand) return;
    const focused = scroller.current.contains(document.activeElement);
    virtual.scrollToIndex(at, { align: (virtual.measurementsCache[at]?.size ?? 0) > scroller.current.clientHeight ? "start" : "auto" });
    if (!focused) return;
    const focus = requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"] button`)?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(focus);
  }, [at, changes, virtual]);
  const choose = (key: string) => {
    pressed.current = key;
    onChoose(key);
  };
  return (
    <div ref={scroller} className={classes.scroller} data-change-list>
      <ol className={classes.list} style={{ height: virtual.getTotalSize() }} aria-label="Changes in the order of the flow">
        {virtual.getVirtualItems().map((item) => {
          const change = changes[item.index];
          return (
            change && (
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={classes.item}
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={changes.length}
                aria-posinset={item.index + 1}
              >
                <ChangeEntry change={change} comparison={comparison} catalog={catalog} current={item.index === at} reachable={item.index === Math.max(0, at)} onChoose={choose} />
              </li>
            )
          );
        })}
      </ol>
    </div>
  );
}
