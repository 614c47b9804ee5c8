import { useEffect, useRef } from "react";

export type Turn = "next" | "previous" | "first" | "last";

const anywhere: { readonly [key: string]: Turn } = { n: "next", j: "next", p: "previous", k: "previous" };
const inList: { readonly [key: string]: Turn } = { ArrowDown: "next", ArrowUp: "previous", Home: "first", End: "last" };
const fields = 'input, textarea, select, [contenteditable="true"], [role="menu"], [role="dialog"], [role="option"]';
/** Where arrow keys have a meaning of their own. */
const ownArrows = '.react-flow, .canvas-far, [role="tablist"], [role="radiogroup"], [role="separator"]';

/** Goes through the changes by keys: letters anywhere on the page, arrows unless something else takes them. */
export function useChangeKeys(turn: (to: Turn) => void): void {
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  }, [turn]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(fields)) return;
      const to = anywhere[event.key.toLowerCase()] ?? (target?.closest(ownArrows) ? undefined : inList[event.key]);
      if (to === undefined) return;
      event.preventDefault();
      latest.current(to);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
