import { awaitedEffect, effectsDue, type Effect, type Run, type RunScriptEffect, type CallActionEffect } from "@drawbridge/interpreter";
import type { LiveRun } from "../embedded/live-run.ts";
import { caseIdOf, type ClosedTurn } from "../embedded/turn.ts";
import { keepsRecords } from "../store/call-record.ts";
import type { Queries } from "./run-tables.ts";

/** What a worker is given to do; the key is the task's name. */
export interface JobPayloads {
  /** `effect` as JSON; a large one is read from the run instead. `putOff` says how often it found no place, `recorded` that the call's record is kept however it ends. */
  "carry-out": {
    readonly run: string;
    readonly id: string;
    readonly effect?: string;
    readonly playbook: string;
    readonly case: string | null;
    readonly putOff?: number;
    readonly recorded?: true;
  };
  "start-called": { readonly run: string; readonly id: string; readonly effect?: string };
  "fire-timer": { readonly run: string; readonly timer: string; readonly at: number };
  "tell-caller": { readonly caller: string; readonly effect: string; readonly called: string };
  "cancel-called": { readonly called: string; readonly by: string };
}

export type JobTask = keyof JobPayloads;

/** One job as Graphile Worker's `add_jobs` takes it. */
export interface JobSpec {
  readonly identifier: JobTask;
  readonly payload: JobPayloads[JobTask];
  readonly run_at?: string;
  readonly max_attempts: number;
  readonly job_key?: string;
  readonly priority?: number;
}

/** What a turn hands to the workers and takes back from them. */
export interface Work {
  readonly jobs: readonly JobSpec[];
  /** Keys of jobs that nobody needs any more. */
  readonly removed: readonly string[];
  /** Whether something under way may have become pointless. */
  readonly stops: boolean;
}

/** Every take counts as an attempt, also one that a crash cut short. */
const maxAttempts = 32_767;
/** Larger effects are read from the run, so that inputs are not stored twice. */
const largest = 32 * 1024;
/** Of what one turn asks for, so many are equally urgent; the next as many come after what other runs asked for. */
const abreast = 10;

export function jobOf<Task extends JobTask>(identifier: Task, payload: JobPayloads[Task], more: Pick<JobSpec, "run_at" | "job_key" | "priority"> = {}): JobSpec {
  return { identifier, payload, max_attempts: maxAttempts, ...more };
}

/** The jobs of a turn; `live` is as before it. */
export function workOf(live: LiveRun, turn: ClosedTurn): Work {
  const { run, effects } = turn;
  if (!run) return { jobs: [], removed: [], stops: false };
  const jobs: JobSpec[] = [];
  const ended = run.endedAt !== null;
  const cancelled = new Set(effects.flatMap((effect) => (effect.type === "cancel-effect" ? [effect.target] : [])));
  const removed = new Set<string>();
  for (const id of cancelled) if (live.run && awaitedEffect(live.run, id)?.type !== "start-run") removed.add(id);
  if (ended && live.run) for (const effect of effectsDue(live.plan, live.run)) if (effect.type === "start-timer") removed.add(effect.id);
  let asked = 0;
  for (const effect of effects) {
    if ("target" in effect ? effect.type !== "cancel-run" : cancelled.has(effect.id) || (ended && effect.type === "start-timer")) continue;
    const make = makers[effect.type] as (run: Run, turn: ClosedTurn, effect: Effect, more: Pick<JobSpec, "priority">) => JobSpec | null;
    const job = make(run, turn, effect, { priority: Math.min(Math.floor(asked / abreast), 1_000) });
    if (job === null) continue;
    asked += 1;
    jobs.push(job);
  }
  const { parent_run: caller, start_key: key } = live.row;
  const endsNow = ended && (live.run === null || live.run.endedAt === null);
  if (endsNow && caller !== null && key !== null) jobs.push(jobOf("tell-caller", { caller, effect: key.slice("effect/".length), called: live.id }));
  return { jobs, removed: [...removed], stops: endsNow || cancelled.size > 0 };
}

type OfType<Type extends Effect["type"]> = Effect & { readonly type: Type };
type Makers = { readonly [Type in Effect["type"]]: (run: Run, turn: ClosedTurn, effect: OfType<Type>, more: Pick<JobSpec, "priority">) => JobSpec | null };

const carryOut = (run: Run, turn: ClosedTurn, effect: CallActionEffect | RunScriptEffect, more: Pick<JobSpec, "priority">): JobSpec =>
  jobOf(
    "carry-out",
    {
      run: run.id,
      ...written(effect),
      playbook: turn.live.row.playbook_id,
      case: plain(caseIdOf(run) ?? turn.live.row.case_id),
      ...(effect.type === "call-action" && keepsRecords(turn.live.row) ? { recorded: true } : {}),
    },
    { ...more, job_key: effect.id },
  );

const makers: Makers = {
  "call-action": carryOut,
  "run-script": carryOut,
  "start-run": (run, _turn, effect, more) => jobOf("start-called", { run: run.id, ...written(effect) }, { ...more, job_key: effect.id }),
  "start-timer": (run, _turn, effect) => jobOf("fire-timer", { run: run.id, timer: effect.id, at: effect.at }, { job_key: effect.id, run_at: new Date(effect.at).toISOString() }),
  "open-ask": () => null,
  "await-signal": () => null,
  "cancel-effect": () => null,
  "cancel-run": (run, _turn, effect) => jobOf("cancel-called", { called: effect.target, by: `run:${run.id}` }),
};

/** As a string in the payload: PostgreSQL's JSON does not take every character that JSON may hold. */
function written(effect: Effect): { readonly id: string; readonly effect?: string } {
  const text = JSON.stringify(effect);
  return text.length > largest ? { id: effect.id } : { id: effect.id, effect: text };
}

/** Without the characters that PostgreSQL's JSON does not take. */
const plain = (id: string | null): string | null => id && Buffer.from(id).toString().replaceAll("\0", "\uFFFD");

export async function addJobs(on: Queries, jobs: readonly JobSpec[]): Promise<void> {
  if (jobs.length === 0) return;
  const text = "select count(*) from graphile_worker.add_jobs(array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)), false)";
  await on.query({ name: "jobs-add", text, values: [JSON.stringify(jobs)] });
}

export async function removeJobs(on: Queries, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await on.query({ name: "jobs-remove", text: "select graphile_worker.remove_job(key) from unnest($1::text[]) as key", values: [keys] });
}

/** Those of the jobs that this pool of workers still holds. */
export async function jobsHeld(on: Queries, ids: readonly string[], pool: string): Promise<Set<string>> {
  const text = "select id::text as id from graphile_worker.jobs where id = any($1::bigint[]) and locked_by = $2";
  const { rows } = await on.query<{ id: string }>({ name: "jobs-held", text, values: [ids, pool] });
  return new Set(rows.map(({ id }) => id));
}
