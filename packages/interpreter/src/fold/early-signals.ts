import type { Json } from "@drawbridge/playbook";
import { valueOf, withKey, withoutKey } from "../persistent/keyed.ts";
import type { EarlySignal, Run } from "../run-state.ts";
import type { Draft } from "./draft.ts";

/** How many signals a run keeps for waits that it has not reached; one more is refused, so that none is lost unnoticed. */
export const mostEarlySignals = 1_000;

/** Whether the run can take the signal: something waits for it, or there is room to keep it. */
export function takesSignal(run: Run, signal: string): boolean {
  return run.endedAt === null && (valueOf(run.signals, signal) !== null || run.earlyCount < mostEarlySignals);
}

/** Keeps a signal that nothing waits for yet. */
export function keepSignal({ run }: Draft, signal: string, at: number, data: Json): void {
  run.early = withKey(run.early, signal, [...(valueOf(run.early, signal) ?? []), { at, data }]);
  run.earlyCount += 1;
}

/** Takes the oldest kept signal of this name, if there is one. */
export function takeEarly({ run }: Draft, signal: string): EarlySignal | null {
  const [first, ...rest] = valueOf(run.early, signal) ?? [];
  if (!first) return null;
  run.early = rest.length > 0 ? withKey(run.early, signal, rest) : withoutKey(run.early, signal);
  run.earlyCount -= 1;
  return first;
}
