import { memo, useRef } from "react";
import { useViewChange } from "./use-view-change.ts";

const gap = 16;
const closest = 11;

/** The dot grid: painted once, then only moved with the view; far out its dots stand wider apart. */
export const Dots = memo(function Dots() {
  const element = useRef<HTMLDivElement>(null);
  useViewChange(({ x, y, zoom }) => {
    const dots = element.current;
    if (!dots) return;
    let scale = zoom;
    while (scale * gap < closest) scale *= 2;
    while (scale * gap >= 2 * closest) scale /= 2;
    const step = gap * scale;
    dots.style.transform = `translate(${(x % step) - step}px, ${(y % step) - step}px) scale(${scale})`;
  });
  return <div ref={element} className="canvas-dots" aria-hidden />;
});
