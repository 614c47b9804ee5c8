import type { TriggerView } from "@drawbridge/protocol";
import { CalendarClock, CircleCheck, type LucideIcon, Pause, TriangleAlert, Webhook } from "lucide-react";

/** Icon and word of each kind of trigger. */
export const kindLooks: { readonly [Kind in TriggerView["kind"]]: { readonly icon: LucideIcon; readonly word: string } } = {
  webhook: { icon: Webhook, word: "Webhook" },
  schedule: { icon: CalendarClock, word: "Schedule" },
};

export type Missed = NonNullable<TriggerView["schedule"]>["missed"];

/** What becomes of ticks while the server was not there, for people. */
export const missedWords: { readonly [Policy in Missed]: string } = {
  once: "Make up for them once",
  skip: "Skip them",
  all: "Make up for all, 100 at most",
};

type State = "on" | "off" | "failing";
/** How a trigger stands: off, on, or on with its last firing refused. */
export const stateOf = ({ enabled, lastError }: Pick<TriggerView, "enabled" | "lastError">): State => (!enabled ? "off" : lastError === null ? "on" : "failing");

export const stateLooks: { readonly [Of in State]: { readonly icon: LucideIcon; readonly word: string; readonly tone: "ok" | "plain" | "fail" } } = {
  on: { icon: CircleCheck, word: "On", tone: "ok" },
  off: { icon: Pause, word: "Off", tone: "plain" },
  failing: { icon: TriangleAlert, word: "Failing", tone: "fail" },
};
