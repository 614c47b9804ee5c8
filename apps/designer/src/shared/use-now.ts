import { useSyncExternalStore } from "react";

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}

const tickers = new Map<number, Ticker>();

function createTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = Date.now();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      timer ??= setInterval(tick, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === undefined) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => {
      if (Date.now() - now >= everyMs) now = Date.now();
      return now;
    },
  };
}

/** The time in epoch ms, anew every `everyMs`; all that use the same interval share one timer. */
export function useNow(everyMs = 1_000): number {
  let ticker = tickers.get(everyMs);
  if (!ticker) tickers.set(everyMs, (ticker = createTicker(everyMs)));
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}
