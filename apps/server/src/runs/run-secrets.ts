import type { TraceEvent } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";
import { hiddenAmong } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Store } from "../store/store.ts";
import { addReaders, namesMember, openingSteps } from "./secret-steps.ts";

/** What of a run must not be told to a viewer: steps, and texts that stand for a restricted case. */
export interface RunSecrets {
  readonly steps: ReadonlySet<string>;
  readonly marks: readonly string[];
}

const none: RunSecrets = { steps: new Set(), marks: [] };

interface RunPlace {
  readonly id: string;
  readonly case_id: string | null;
  readonly parent_run: string | null;
}

/**
 * The steps of a run that would tell a viewer of a restricted child case, and its ids. A step that can open one is among
 * them whether it did or not, so that nothing follows from its being there; so is every step that reads what it returned.
 */
export async function secretsOf(store: Store, viewer: Viewer, run: RunPlace, playbook: Playbook | null): Promise<RunSecrets> {
  if (viewer.role === "admin") return none;
  const family = await familyOf(store, run);
  const opened = await store.all(store.sql.selectFrom("run_children").select(["run_id", "step", "case_id"]).where("run_id", "in", family));
  const below =
    run.case_id === null ? [] : (await store.all(store.sql.selectFrom("cases").select("id").where("parent", "=", run.case_id).where("restricted", "=", 1))).map(({ id }) => id);
  const hidden = await hiddenAmong(store, viewer, [...new Set([...opened.map(({ case_id }) => case_id), ...below])]);
  const runs = hidden.length === 0 ? [] : (await store.all(store.sql.selectFrom("runs").select("id").where("case_id", "in", hidden).limit(1_000))).map(({ id }) => id);
  const steps = new Set<string>();
  for (const id of playbook ? openingSteps(playbook) : []) {
    const own = opened.filter((each) => each.run_id === run.id && each.step === id);
    const known = own.length > 0 ? own.every(({ case_id }) => !hidden.includes(case_id)) : playbook !== null && namesMember(playbook, id, viewer.email);
    if (!known) steps.add(id);
  }
  for (const each of opened) if (each.run_id === run.id && hidden.includes(each.case_id)) steps.add(each.step);
  if (steps.size > 0) addReaders(playbook, steps);
  return steps.size + hidden.length === 0 ? none : { steps, marks: [...hidden, ...runs] };
}

async function familyOf(store: Store, run: RunPlace): Promise<string[]> {
  const family = [run.id];
  for (let above = run.parent_run; above !== null && family.length < 20;) {
    family.push(above);
    above = (await store.first(store.sql.selectFrom("runs").select("parent_run").where("id", "=", above)))?.parent_run ?? null;
  }
  return family;
}

/** The entry as the viewer may read it; what is secret becomes an entry that says nothing, under the same number. */
export function withoutSecrets(event: TraceEvent, run: string, { steps, marks }: RunSecrets): TraceEvent {
  const step = "step" in event ? event.step : "effect" in event ? stepOfEffect(event.effect) : null;
  if (step !== null && steps.has(step)) return { seq: event.seq, at: event.at, type: "effect-sent", effect: `${run}/hidden/0` };
  if (event.type === "rerun-requested" && event.instead && steps.size > 0) {
    const instead = Object.fromEntries(Object.entries(event.instead).filter(([id]) => !steps.has(id)));
    return withoutSecrets({ ...event, instead }, run, { steps: none.steps, marks });
  }
  if (marks.length === 0) return event;
  const text = JSON.stringify(event);
  if (!marks.some((mark) => text.includes(mark))) return event;
  return cleaned(event as unknown as Json, marks) as unknown as TraceEvent;
}

/** Whether a value says anything of what is secret. */
export const tells = (value: unknown, { marks }: RunSecrets): boolean => marks.length > 0 && marks.some((mark) => (JSON.stringify(value) ?? "").includes(mark));

/** The step that an effect is of. */
export const stepOfEffect = (effect: string): string | null => /^[^/]+\/([^/[]+)/.exec(effect)?.[1] ?? null;

function cleaned(value: Json, marks: readonly string[]): Json {
  if (typeof value === "string") return marks.some((mark) => value.includes(mark)) ? null : value;
  if (Array.isArray(value)) return value.map((each: Json) => cleaned(each, marks));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !marks.some((mark) => key.includes(mark)))
        .map(([key, each]) => [key, cleaned(each, marks)]),
    );
  return value;
}
