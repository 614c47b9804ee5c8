import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import classes from "./SidePanel.module.css";

const read = (key: string, otherwise: number) => {
  const kept = Number(window.localStorage.getItem(key));
  return Number.isFinite(kept) && kept > 0 ? kept : otherwise;
};

/** A panel at the side that can be made wider and narrower, and remembers its width. */
export function SidePanel({
  side,
  label,
  name,
  width: first,
  least,
  most,
  children,
}: {
  side: "left" | "right";
  label: string;
  name: string;
  width: number;
  least: number;
  most: number;
  children: ReactNode;
}) {
  const key = `drawbridge.panel.${name}`;
  const [width, setWidth] = useState(() => Math.max(least, Math.min(most, read(key, first))));
  const put = (next: number) => {
    const kept = Math.max(least, Math.min(most, Math.round(next)));
    setWidth(kept);
    window.localStorage.setItem(key, String(kept));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const from = event.clientX;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent) => put(width + (side === "left" ? next.clientX - from : from - next.clientX));
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    put(width + (side === "left" ? step : -step));
  };
  return (
    <aside className={classes.panel} data-side={side} style={{ width }} aria-label={label}>
      {children}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${label}`}
        aria-valuenow={width}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        className={classes.handle}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      />
    </aside>
  );
}
