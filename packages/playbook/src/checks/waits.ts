import { durationMs } from "../duration.ts";
import { instantMs } from "../expression/operators/dates.ts";
import { pointerOf } from "../pointer.ts";
import type { Check } from "./check.ts";

const isComputed = (text: string): boolean => text.includes("{{");

/** Waits that do not say exactly one thing to wait for, or say it wrongly. */
export const waits: Check = function* ({ playbook }) {
  for (const [id, step] of Object.entries(playbook.steps)) {
    if (step.kind !== "wait") continue;
    const said = [step.for, step.until, step.signal].filter((each) => each !== undefined).length;
    if (said !== 1)
      yield { code: "wait-for-what", severity: "error", message: "A wait names exactly one of a duration, a time and a signal.", step: id, pointer: pointerOf(["steps", id]) };
    if (step.for !== undefined && !isComputed(step.for) && durationMs(step.for) === null)
      yield {
        code: "wrong-input",
        severity: "error",
        message: "This must be an ISO 8601 duration such as PT30S, PT5M or P1D.",
        step: id,
        pointer: pointerOf(["steps", id, "for"]),
      };
    if (step.until !== undefined && !isComputed(step.until) && instantMs(step.until) === null)
      yield {
        code: "wrong-input",
        severity: "error",
        message: "This must be an ISO 8601 time such as 2026-01-31T08:00:00Z.",
        step: id,
        pointer: pointerOf(["steps", id, "until"]),
      };
    if (step.onTimeLimit && step.timeLimit === undefined)
      yield {
        code: "limit-without-time",
        severity: "warning",
        message: "There is a way for the time limit, but no time limit, so it is never taken.",
        step: id,
        pointer: pointerOf(["steps", id, "onTimeLimit"]),
      };
  }
};
