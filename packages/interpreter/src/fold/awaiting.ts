import { valueOf, withKey, withoutKey } from "../persistent/keyed.ts";
import type { Awaited, AwaitedEffect } from "../run-state.ts";
import type { Draft } from "./draft.ts";

/** From now on the run waits for this effect. */
export function open(draft: Draft, effect: AwaitedEffect, step: number, item: number | null): void {
  const { run } = draft;
  run.opened += 1;
  run.awaited = withKey(run.awaited, effect.id, { effect, step, item, order: run.opened, sent: false, doubt: false, child: null });
  if (effect.type === "await-signal") run.signals = withKey(run.signals, effect.signal, [...(valueOf(run.signals, effect.signal) ?? []), effect.id]);
  draft.effects?.set(effect.id, effect);
}

/** The effect has its result. */
export function close(draft: Draft, id: string | null): Awaited | null {
  const { run } = draft;
  const awaited = id === null ? null : valueOf(run.awaited, id);
  if (id === null || awaited === null) return null;
  run.awaited = withoutKey(run.awaited, id);
  if (awaited.effect.type !== "await-signal") return awaited;
  const rest = (valueOf(run.signals, awaited.effect.signal) ?? []).filter((each) => each !== id);
  run.signals = rest.length > 0 ? withKey(run.signals, awaited.effect.signal, rest) : withoutKey(run.signals, awaited.effect.signal);
  return awaited;
}

/** Nobody waits for the effect any more; one that was asked for in this same draft is not asked for at all. */
export function cancel(draft: Draft, id: string | null): void {
  const awaited = close(draft, id);
  if (!awaited || !draft.effects || draft.effects.delete(awaited.effect.id)) return;
  const target = awaited.effect.id;
  const cancelId = `${target}/cancel`;
  draft.effects.set(cancelId, awaited.child === null ? { type: "cancel-effect", id: cancelId, target } : { type: "cancel-run", id: cancelId, target: awaited.child });
}

/** Replaces some of what is known of an awaited effect. */
export function changeAwaited(draft: Draft, id: string, change: Partial<Awaited>): void {
  const awaited = valueOf(draft.run.awaited, id);
  if (awaited) draft.run.awaited = withKey(draft.run.awaited, id, { ...awaited, ...change });
}
