import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";

/** How the canvas is seen at the moment. */
export interface ViewNow {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** Calls back once a frame while the view moves, and once at first; nothing is rendered by React for it. */
export function useViewChange(follow: (view: ViewNow) => void): void {
  const store = useStoreApi();
  const latest = useRef(follow);
  useEffect(() => {
    latest.current = follow;
  });
  useEffect(() => {
    let asked: number | null = null;
    const tell = () => {
      asked = null;
      const { transform, width, height } = store.getState();
      latest.current({ x: transform[0], y: transform[1], zoom: transform[2], width, height });
    };
    tell();
    const stop = store.subscribe((state, before) => {
      if (asked === null && (state.transform !== before.transform || state.width !== before.width || state.height !== before.height)) asked = requestAnimationFrame(tell);
    });
    return () => {
      stop();
      if (asked !== null) cancelAnimationFrame(asked);
    };
  }, [store]);
}
