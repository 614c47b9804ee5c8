import type { StepState } from "@drawbridge/interpreter";
import { type Playbook, type Step, waysOf } from "@drawbridge/playbook";
import type { EdgeState, StepView } from "../canvas/step-view.ts";
import { durationText, wordsText } from "../shared/format.ts";

/** The label of a way out, for people. */
export function wayText(step: Step | undefined, way: string): string {
  const label = step && waysOf(step).find(({ id }) => id === way)?.label;
  return label || (way === "next" ? "on" : way.replace(/^branch:/, ""));
}

/** Which step, by which way, ruled this one out. */
export function becauseText(playbook: Playbook, because: StepState["because"], stateOf: (id: string) => StepState): string | null {
  if (!because) return null;
  const cause = playbook.steps[because.step];
  const name = cause?.name ?? "A step that is not shown to you";
  const state = stateOf(because.step);
  if (state.status === "skipped") return `${name} was skipped, and this step comes after it.`;
  if (state.way === "next" && because.way === "error") return `${name} succeeded; this step is for when it fails.`;
  if (because.way === "limit" && state.way?.startsWith("branch:")) return `${name} was answered in time; this step is for when nobody answers.`;
  if (because.way === "limit") return `${name} went on in time; this step is for when its time is up.`;
  if (state.way === "error") return `${name} failed, and the run took its way for that.`;
  if (state.way !== undefined) return `${name} went ${wayText(cause, state.way)}; this step is on its way ${wayText(cause, because.way)}.`;
  if (state.status === "failed") return `${name} failed, and this step comes after it.`;
  return `${name} did not go ${wayText(cause, because.way)}.`;
}

const asked = (state: StepState) => {
  const to = state.ask?.to;
  const person = to?.people?.[0];
  return person ? `Asks ${person.split("@")[0] ?? person}` : to?.roles?.[0] ? `Asks ${to.roles[0]}` : to?.caseOwner ? "Asks the case owner" : "Asks";
};

/** Whole seconds for what still counts, so that it ticks calmly. */
const counting = (ms: number) => durationText(Math.max(0, Math.floor(ms / 1_000)) * 1_000);

/** What a step is called instead of its status. */
function ownWord(step: Step | undefined, state: StepState): string | null {
  if (state.simulated) return "Simulated";
  if (state.status === "asking") return asked(state);
  return state.status === "succeeded" && step?.kind === "ask" && state.way?.startsWith("branch:") ? wordsText(state.way.slice("branch:".length)) : null;
}

/** What the card of a step shows at `now`. */
export function stepViewOf(playbook: Playbook, id: string, state: StepState, stateOf: (id: string) => StepState, now: number): StepView {
  const step = playbook.steps[id];
  const over = state.endedAt !== undefined;
  const took = state.startedAt === undefined ? null : over ? durationText(state.endedAt - state.startedAt) : counting(now - state.startedAt);
  const tries = state.attempts > 1 ? `try ${state.attempts}` : null;
  const because = becauseText(playbook, state.because, stateOf);
  const word = ownWord(step, state);
  const calm = state.status === "sleeping" && step?.kind === "wait" ? "Waits" : word;
  const wakes = state.status === "sleeping" ? (state.retryAt ?? state.wakesAt) : undefined;
  const rest = wakes === undefined ? null : wakes > now ? `${counting(wakes - now)} left` : "due now";
  const time = [tries, state.status === "skipped" || state.status === "waiting" ? null : (rest ?? took)].filter((part) => part !== null).join(", ");
  const left = (until: number) => (until > now ? `next in ${counting(until - now)}` : "due now");
  return {
    status: state.status,
    ...(calm !== null && { word: calm }),
    ...(time !== "" && { time }),
    attempts: state.attempts,
    ...(state.poll && { poll: { count: state.poll.count, max: state.poll.max, ...(!over && { text: left(state.poll.nextAt) }) } }),
    ...(state.items && { items: state.items }),
    ...(state.error && { error: { code: state.error.code, message: state.error.message, handled: state.way !== undefined } }),
    ...(because !== null && { because }),
    ...(over && { way: state.way ?? null }),
  };
}

/** How a connection stands. */
export function edgeStateOf(playbook: Playbook, hidden: ReadonlySet<string>, stateOf: (id: string) => StepState): (from: string, way: string, to: string) => EdgeState {
  return (from, way, to) => {
    if (hidden.has(from) || hidden.has(to)) return "hidden";
    const target = stateOf(to).status;
    const on: EdgeState = target === "running" || target === "asking" || target === "sleeping" || target === "in-doubt" ? "running" : "taken";
    const step = playbook.steps[from];
    if (!step) return on;
    const state = stateOf(from);
    if (state.endedAt === undefined && state.status !== "skipped") return "waiting";
    if (state.way !== way) return "not-taken";
    return way === "error" || way === "limit" ? "error" : on;
  };
}

const order = ["succeeded", "failed", "skipped", "running", "asking", "sleeping", "in-doubt", "waiting", "cancelled"] as const;
const words = {
  succeeded: "succeeded",
  failed: "failed",
  skipped: "skipped",
  running: "running",
  asking: "asking",
  sleeping: "pausing",
  "in-doubt": "in doubt",
  waiting: "waiting",
  cancelled: "cancelled",
} as const;

/** "9 succeeded · 1 failed · 4 waiting". */
export function summaryText(states: Iterable<StepState>): string {
  const counts = new Map<string, number>();
  for (const { status } of states) counts.set(status, (counts.get(status) ?? 0) + 1);
  return order.flatMap((status) => (counts.has(status) ? [`${counts.get(status)} ${words[status]}`] : [])).join(" · ");
}
