import { awaitedEffect, isDue, isSent, type Run, type RunInput } from "@drawbridge/interpreter";
import { mayBeSentTwice } from "./failure.ts";
import type { ActionCaller } from "./ports.ts";

const timeout = "/timeout";

/** What a timer that is due is to its run. When a call that was sent and may not be sent twice runs out of time, whoever waited cannot know what became of it. */
export function timerFired(run: Run | null, timer: string, at: number, actions: Pick<ActionCaller, "facts">): RunInput {
  const fired: RunInput = { type: "timer-fired", at, effect: timer };
  if (!run || !timer.endsWith(timeout) || !awaitedEffect(run, timer)) return fired;
  const id = timer.slice(0, -timeout.length);
  const call = awaitedEffect(run, id);
  if (call?.type !== "call-action" || !isSent(run, id) || !isDue(run, id) || mayBeSentTwice(actions.facts(call.action))) return fired;
  const error = { code: "timed-out", message: `The call took longer than ${(call.timeoutMs ?? 0) / 1_000} s; it may have been carried out.`, retryable: false };
  return { type: "doubt-raised", at, effect: id, error };
}
