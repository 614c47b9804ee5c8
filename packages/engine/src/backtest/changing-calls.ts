import type { TraceEvent } from "@drawbridge/interpreter";
import { type Json, type Playbook, sameJson } from "@drawbridge/playbook";
import { isReached, type PathTaken } from "./path-taken.ts";
import type { FactsOf } from "./replay.ts";

type Named = { readonly [key: string]: Json };

/** Something that changes the world outside: a changing action, or the start of another playbook. `what` is null when the recorded document is not at hand. */
export interface ChangingCall {
  readonly step: string;
  readonly item?: number;
  readonly kind: "action" | "call";
  readonly what: string | null;
}

/** `changed` names the inputs that differ, their values as short JSON. */
export interface OtherInput extends ChangingCall {
  readonly changed: readonly { readonly key: string; readonly before: string | null; readonly now: string | null }[];
}

export interface ChangedCalls {
  readonly newly: readonly ChangingCall[];
  readonly noLonger: readonly ChangingCall[];
  readonly otherInput: readonly OtherInput[];
}

interface Side {
  readonly trace: readonly TraceEvent[];
  readonly path: PathTaken;
  readonly playbook: Playbook | null;
}

interface Made {
  readonly call: ChangingCall;
  readonly input: Named;
}

const longestText = 300;

/** Which changing calls only one of the two ways makes, and which both make with other input. */
export function changedCalls(before: Side, now: Side & { readonly playbook: Playbook }, facts: FactsOf): ChangedCalls {
  const then = callsIn(before, before.playbook ?? now.playbook, facts);
  const today = callsIn(now, now.playbook, facts);
  const newly = [...today].flatMap(([key, made]) => (then.has(key) ? [] : [made]));
  const noLonger = [...then].flatMap(([key, made]) => (!today.has(key) && isDecided(made.call, now) ? [made] : []));
  const otherInput: OtherInput[] = [];
  for (const [key, made] of today) {
    const earlier = then.get(key);
    if (earlier && !sameJson(earlier.input, made.input)) otherInput.push({ ...made.call, changed: differing(earlier.input, made.input) });
  }
  for (const made of [...newly]) {
    const moved = noLonger.findIndex((each) => each.call.what !== null && each.call.what === made.call.what && sameJson(each.input, made.input));
    if (moved === -1) continue;
    noLonger.splice(moved, 1);
    newly.splice(newly.indexOf(made), 1);
  }
  return { newly: newly.map(({ call }) => call), noLonger: noLonger.map(({ call }) => call), otherInput };
}

/** The first attempt of each step, or of each of its items, that changes something. Of a step that no document at hand knows, the mark that it was sent says so. */
function callsIn({ trace, playbook: own }: Side, playbook: Playbook, facts: FactsOf): Map<string, Made> {
  const calls = new Map<string, Made>();
  const sent = new Set(trace.flatMap((event) => (event.type === "effect-sent" ? [event.effect] : [])));
  for (const event of trace) {
    if (event.type !== "attempt-started") continue;
    const key = event.item === undefined ? event.step : `${event.step}[${event.item}]`;
    if (calls.has(key)) continue;
    const place = { step: event.step, ...(event.item === undefined ? {} : { item: event.item }) };
    const step = playbook.steps[event.step];
    if (step?.kind === "call") calls.set(key, { call: { ...place, kind: "call", what: step.playbook }, input: event.input });
    else if (step?.kind === "action") {
      if (facts(step.action)?.effect !== "reads") calls.set(key, { call: { ...place, kind: "action", what: step.action }, input: event.input });
    } else if (!step && own === null && sent.has(event.effect)) calls.set(key, { call: { ...place, kind: "action", what: null }, input: event.input });
  }
  return calls;
}

/** Whether it is known that the draft does not make the call: what only waits for an answer may yet make it. */
function isDecided({ step }: ChangingCall, now: Side & { readonly playbook: Playbook }): boolean {
  if (now.path.end.status !== "open" || !Object.hasOwn(now.playbook.steps, step)) return true;
  const passed = now.path.steps.get(step);
  return passed !== undefined && (!isReached(passed) || passed.status !== "open");
}

function differing(before: Named, now: Named): OtherInput["changed"] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((key) => {
    const [then, today] = [before[key], now[key]];
    return then !== undefined && today !== undefined && sameJson(then, today) ? [] : [{ key, before: shortText(then), now: shortText(today) }];
  });
}

function shortText(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
