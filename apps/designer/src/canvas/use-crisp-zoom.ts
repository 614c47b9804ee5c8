import { type RefObject, useRef } from "react";
import { useViewChange } from "./use-view-change.ts";

const restMs = 160;

/** The layer of the cards is only moved and stretched while the zoom changes; once it rests it is painted anew, so that text is sharp. */
export function useCrispZoom(box: RefObject<HTMLElement | null>): void {
  const painted = useRef(0);
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useViewChange(({ zoom }) => {
    clearTimeout(resting.current);
    if (zoom === painted.current) return;
    resting.current = setTimeout(() => {
      const layer = box.current?.querySelector<HTMLElement>(".react-flow__viewport");
      painted.current = zoom;
      if (!layer) return;
      layer.style.willChange = "auto";
      requestAnimationFrame(() => requestAnimationFrame(() => layer.style.removeProperty("will-change")));
    }, restMs);
  });
}
