import type { Json, Playbook, Way } from "@drawbridge/playbook";
import { waysOf } from "@drawbridge/playbook";
import { isReached, type Passed, type PathTaken } from "./path-taken.ts";

/** How a step stood; `status` is `absent` where the document has no such step, or the run ended before it. */
export interface Stood {
  readonly status: Passed["status"] | "absent";
  readonly way: string | null;
  readonly explained?: Json;
  readonly errorCode?: string;
}

/** Where two ways part. Without a step they part only in how the run ends. */
export interface Parting {
  readonly step: string | null;
  readonly what: "other-way" | "other-result" | "newly-reached" | "no-longer-reached" | "other-end";
  readonly before: Stood;
  readonly now: Stood;
}

export interface Compared {
  readonly before: { readonly path: PathTaken; readonly playbook: Playbook | null };
  readonly now: { readonly path: PathTaken; readonly playbook: Playbook };
}

/** The first place where the ways part, in the order in which the draft decides; null where they do not. Steps that only one document has part nothing by being there. */
export function partingOf(compared: Compared): Parting | null {
  const { before, now } = compared;
  for (const passed of now.path.steps.values()) {
    const parting = partingAt(passed, compared);
    if (parting) return parting;
  }
  if (now.path.end.status === "open") return null;
  for (const passed of before.path.steps.values())
    if (isReached(passed) && Object.hasOwn(now.playbook.steps, passed.step) && !now.path.steps.has(passed.step))
      return { step: passed.step, what: "no-longer-reached", before: stood(passed), now: stood(undefined) };
  const [then, today] = [before.path.end, now.path.end];
  if (then.status === "open" || (then.status === today.status && then.outcome === today.outcome)) return null;
  return { step: today.step ?? then.step, what: "other-end", before: stood(undefined), now: stood(undefined) };
}

function partingAt(passed: Passed, { before, now }: Compared): Parting | null {
  const then = before.path.steps.get(passed.step);
  if (!isReached(passed)) return isReached(then) ? ruledOut(passed, then, { before, now }) : null;
  if (!isReached(then)) {
    const isNew = before.playbook ? !Object.hasOwn(before.playbook.steps, passed.step) : then === undefined;
    return isNew ? null : { step: passed.step, what: "newly-reached", before: stood(then), now: stood(passed) };
  }
  if (isUnderWay(passed) || isUnderWay(then)) return null;
  if (passed.status !== then.status) return { step: passed.step, what: "other-result", before: stood(then), now: stood(passed) };
  if (passed.way === then.way || leadAlike(passed.step, then.way, passed.way, before.playbook, now.playbook)) return null;
  return { step: passed.step, what: "other-way", before: stood(then), now: stood(passed) };
}

/** A step that is ruled out now: where that was decided, if by a step that the recorded document does not have. */
function ruledOut(passed: Passed, then: Passed, { before, now }: Compared): Parting {
  const cause = passed.because ? now.path.steps.get(passed.because.step) : undefined;
  if (cause && !before.path.steps.has(cause.step)) return { step: cause.step, what: "other-way", before: stood(undefined), now: stood(cause) };
  return { step: passed.step, what: "no-longer-reached", before: stood(then), now: stood(passed) };
}

const isUnderWay = ({ status }: Passed): boolean => status === "open" || status === "cut";

/** A branch by another name that leads to the same steps is the same way. */
function leadAlike(step: string, then: string | null, way: string | null, before: Playbook | null, now: Playbook): boolean {
  const one = wayOf(before, step, then);
  const other = wayOf(now, step, way);
  return one !== undefined && other !== undefined && one.next.length > 0 && one.next.length === other.next.length && one.next.every((each) => other.next.includes(each));
}

function wayOf(playbook: Playbook | null, id: string, way: string | null): Way | undefined {
  const step = playbook?.steps[id];
  return step && waysOf(step).find((each) => each.id === way);
}

function stood(passed: Passed | undefined): Stood {
  if (!passed) return { status: "absent", way: null };
  const { status, way, explained, error } = passed;
  return { status, way, ...(explained === undefined ? {} : { explained }), ...(error === undefined ? {} : { errorCode: error.code }) };
}
