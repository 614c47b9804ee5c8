import type { Instead, TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import type { MarkedStatus } from "../shared/StatusMark.tsx";
import { countText, durationText, wordsText } from "../shared/format.ts";
import { wayText } from "./step-views.ts";

/** One entry of the trace for people: the status whose icon it wears, and a sentence. */
interface EventSentence {
  readonly status: MarkedStatus;
  readonly text: string;
}

/** The step that an effect belongs to, from its id `<run>/<step>[<item>]/<number>`. */
export function stepOfEffect(effect: string): string | null {
  return /^[^/]+\/([^/[]+)(?:\[\d+\])?\//.exec(effect)?.[1] ?? null;
}

/** The step that an entry is about. */
export function stepOfEvent(event: TraceEvent): string | null {
  if ("step" in event && typeof event.step === "string") return event.step;
  return "effect" in event ? stepOfEffect(event.effect) : null;
}

function insteadText(instead: { readonly [step: string]: Instead } | undefined): string {
  const count = (how: Instead) => Object.values(instead ?? {}).filter((each) => each === how).length;
  const parts = [
    ...(count("simulate") > 0 ? [`${countText(count("simulate"), "step")} answered as recorded`] : []),
    ...(count("skip") > 0 ? [`${countText(count("skip"), "step")} skipped`] : []),
  ];
  return parts.length > 0 ? `, ${parts.join(" and ")}` : "";
}

const ofItem = (item: number | undefined) => (item === undefined ? "" : `, item ${item + 1}`);

/** What one entry of the trace says. */
export function eventSentence(event: TraceEvent, playbook: Playbook): EventSentence {
  const id = stepOfEvent(event);
  const step = id === null ? undefined : playbook.steps[id];
  const name = step?.name ?? (id === null ? "The run" : id === "hidden" ? "A step not shown to you" : id);
  switch (event.type) {
    case "run-started":
      return { status: "running", text: event.trigger.by === undefined ? "The run started" : `The run started, by ${event.trigger.by}` };
    case "effect-sent":
      return { status: "running", text: id === "hidden" ? "Something happened in a step that is not shown to you" : `${name}: the request was sent` };
    case "effect-succeeded":
      return { status: "succeeded", text: `${name}: an answer came` };
    case "effect-failed":
      return { status: "failed", text: `${name}: ${event.error.message}` };
    case "timer-fired":
      return { status: "running", text: `${name}: its pause is over` };
    case "ask-answered":
      return { status: "succeeded", text: `${event.by} answered ${name}: ${wordsText(event.answer)}` };
    case "signal-received":
      return { status: "running", text: `The signal ${event.signal} came` };
    case "child-started":
      return { status: "running", text: `${name} started run ${event.run}` };
    case "child-ended":
      return { status: event.status, text: `${name}: run ${event.run} ${event.status}` };
    case "case-changed":
      return { status: "succeeded", text: "The case changed" };
    case "cancel-requested":
      return { status: "cancelled", text: `${event.by} cancelled the run${event.reason === undefined ? "" : `: ${event.reason}`}` };
    case "pause-requested":
      return { status: "paused", text: `${event.by} paused the run` };
    case "resume-requested":
      return { status: "running", text: `${event.by} resumed the run` };
    case "doubt-raised":
      return { status: "in-doubt", text: `${name}: it is not known whether the request arrived` };
    case "doubt-decided":
      return { status: "running", text: `${event.by} decided ${name}: ${{ retry: "send again", done: "mark as done", skip: "skip" }[event.decision]}` };
    case "rerun-requested":
      return { status: "running", text: `${event.by} re-ran from ${name}${insteadText(event.instead)}` };
    case "attempt-started":
      return { status: "running", text: event.attempt > 1 ? `${name} started${ofItem(event.item)}, try ${event.attempt}` : `${name} started${ofItem(event.item)}` };
    case "attempt-failed":
      return {
        status: "failed",
        text: `${name}${ofItem(event.item)}, try ${event.attempt}: ${event.error.message}${event.retryAt === undefined ? "" : `; again in ${durationText(event.retryAt - event.at)}`}`,
      };
    case "poll-scheduled":
      return { status: "sleeping", text: `${name}: poll ${event.poll} of ${event.max}, next in ${durationText(event.nextAt - event.at)}` };
    case "items-expanded":
      return { status: "running", text: `${name} goes through ${countText(event.items.length, "item")}` };
    case "item-succeeded":
      return { status: event.error ? "skipped" : "succeeded", text: `${name}, item ${event.item + 1} ${event.error ? "was skipped" : "succeeded"}` };
    case "item-failed":
      return { status: "failed", text: `${name}, item ${event.item + 1}: ${event.error.message}` };
    case "ask-opened":
      return { status: "asking", text: `Asked: ${event.ask.title}` };
    case "wait-started":
      return {
        status: "sleeping",
        text: event.signal === undefined ? `${name} waits${event.until === undefined ? "" : ` ${durationText(event.until - event.at)}`}` : `${name} waits for ${event.signal}`,
      };
    case "step-succeeded":
      if (event.simulated) return { status: "succeeded", text: `${name}: nothing was sent, its recorded output stood in` };
      return { status: "succeeded", text: event.way === null || event.way === "next" ? `${name} succeeded` : `${name} went ${wayText(step, event.way)}` };
    case "step-failed":
      return { status: "failed", text: `${name} failed: ${event.error.message}${event.way === null ? "" : `; the playbook goes on ${wayText(step, event.way)}`}` };
    case "step-skipped":
      return {
        status: "skipped",
        text: event.because ? `${name} was skipped: not on the way taken by ${playbook.steps[event.because.step]?.name ?? "a step not shown to you"}` : `${name} was skipped`,
      };
    case "step-in-doubt":
      return { status: "in-doubt", text: `${name}${ofItem(event.item)} is in doubt; a person must decide` };
    case "run-succeeded":
      return { status: "succeeded", text: event.outcome === null ? "The run succeeded" : `The run succeeded: ${event.outcome}` };
    case "run-failed":
      return { status: "failed", text: `The run failed: ${event.error.message}` };
    case "run-cancelled":
      return { status: "cancelled", text: "The run is cancelled" };
    case "run-paused":
      return { status: "paused", text: "The run is paused" };
    case "run-resumed":
      return { status: "running", text: "The run goes on" };
  }
}
