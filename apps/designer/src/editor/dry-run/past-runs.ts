import type { Json } from "@drawbridge/playbook";
import { call } from "../../api/call.ts";
import { dayAndClockText } from "../../shared/format.ts";

/** A run of this playbook whose beginning can be used again. */
export interface PastRun {
  readonly id: string;
  readonly title: string;
}

/** The latest runs, by what set them off. */
export async function pastRuns(playbook: string): Promise<PastRun[]> {
  const { items } = (await call("listRuns", { query: { playbook, limit: 20 } })).data;
  return items.map((run) => ({ id: run.id, title: `${run.trigger.kind === "alert" ? "Alert" : "Run"} of ${dayAndClockText(run.startedAt)}, ${run.outcome ?? run.status}` }));
}

/** What a run was given. */
export async function inputOfRun(id: string): Promise<{ readonly [key: string]: Json }> {
  const [first] = (await call("getTrace", { params: { id }, query: { from: 0, limit: 1 } })).data.events;
  return first?.type === "run-started" ? first.input : {};
}
