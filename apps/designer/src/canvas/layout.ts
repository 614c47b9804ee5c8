import type { Playbook } from "@drawbridge/playbook";
import type { Point } from "./geometry.ts";

interface Waiting {
  readonly resolve: (positions: Record<string, Point>) => void;
  readonly reject: (error: Error) => void;
}

let worker: Worker | undefined;
let count = 0;
const waiting = new Map<number, Waiting>();

function started(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<{ id: number; positions?: Record<string, Point>; failure?: string }>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.positions) asked?.resolve(data.positions);
    else asked?.reject(new Error(data.failure ?? "The layout failed."));
  };
  worker.onerror = (event) => {
    for (const asked of waiting.values()) asked.reject(new Error(event.message || "The layout failed."));
    waiting.clear();
    worker?.terminate();
    worker = undefined;
  };
  return worker;
}

/** Positions for every step, computed off the main thread. */
export function layoutOf(playbook: Playbook): Promise<Record<string, Point>> {
  count += 1;
  const id = count;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    started().postMessage({ id, playbook });
  });
}

/** Whether every step has a place. */
export const isLaidOut = (playbook: Playbook): boolean => Object.keys(playbook.steps).every((id) => playbook.layout?.[id] !== undefined);
