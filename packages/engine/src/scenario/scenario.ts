import { duration, json } from "@drawbridge/playbook";
import * as z from "zod";

const named = z.record(z.string(), json);
const status = z.enum(["succeeded", "failed", "cancelled", "running", "paused"]);

/** What a person answers. `after` is how long it takes; `by` is an e-mail. */
const answer = z.strictObject({ answer: z.string(), values: named.optional(), by: z.string().optional(), after: duration.optional() });

/** One answer, `"none"` (nobody answers, so the time limit passes), or a list for a step that asks several times. */
const answers = z.union([answer, z.literal("none"), z.array(z.union([answer, z.literal("none")])).min(1)]);

/** Makes the next `times` requests of `operation` (an action's name without its integration, or `*`) fail as the vendor would. */
const fault = z.strictObject({
  /** Connection id or integration id. */
  at: z.string(),
  operation: z.string(),
  times: z.int().min(1).max(10_000),
  status: z.int().optional(),
  retryAfterSeconds: z.number().min(0).optional(),
  code: z.string().optional(),
});

/** What the work of a step came to, in place of a simulator's: `output` of an action or script, or what a called playbook returned; `error` when it failed, alone when a call could not be started. `case` is the case's snapshot after it. Of a loop over a list, `item` says of which. */
const result = z.strictObject({
  item: z.int().min(0).optional(),
  output: json.optional(),
  error: z.strictObject({ code: z.string(), message: z.string(), retryable: z.boolean(), details: json.optional() }).optional(),
  case: json.optional(),
});

/** What must be true at the end; what is left out is not compared. Objects compare in part; lists item by item in `outputs`, and in `world` and `cases` each item must be among those found (an empty list: none is). */
const expectation = z.strictObject({
  status: status.optional(),
  outcome: z.string().nullable().optional(),
  /** Steps that must have succeeded. */
  path: z.array(z.string()).optional(),
  skipped: z.array(z.string()).optional(),
  /** Exactly the steps that failed. */
  failed: z.array(z.string()).optional(),
  /** Code of the run's error. */
  errorCode: z.string().optional(),
  outputs: named.optional(),
  /** By connection or integration id: what the simulator must hold. */
  world: named.optional(),
  /** For each: some case of the `cases` simulator matches it. */
  cases: z.array(json).optional(),
  /** For each: some called run matches it. */
  children: z
    .array(
      z.strictObject({
        playbook: z.string(),
        status: status.optional(),
        outcome: z.string().nullable().optional(),
        path: z.array(z.string()).optional(),
        skipped: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

/** A recorded or written test of a playbook; the file beside it in `scenarios/`. */
export const scenario = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().min(1).max(120),
  description: z.string().max(4_000).optional(),
  trigger: z
    .strictObject({ kind: z.enum(["manual", "alert", "webhook", "schedule", "case", "war-room", "dry-run"]), by: z.string().optional(), source: z.string().optional() })
    .optional(),
  input: named.optional(),
  /** The case snapshot that the run begins with. */
  case: json.optional(),
  /** When the virtual clock starts, ISO 8601; 2025-01-06T09:00:00Z unless told. */
  startAt: z.iso.datetime({ offset: true }).optional(),
  /** Connection or integration id to what its simulator begins with. */
  world: named.optional(),
  faults: z.array(fault).max(200).optional(),
  /** Ids of playbooks that are not published, so that calling them fails. */
  unpublished: z.array(z.string()).optional(),
  /** Step id, or `playbook/step` for a called playbook, to the answer. An ask without an entry stays open. */
  answers: z.record(z.string(), answers).optional(),
  /** Step id, or `playbook/step` for a called playbook, to what its tries came to, in order; tries beyond them are the simulator's. */
  results: z.record(z.string(), z.array(result).max(10_000)).optional(),
  signals: z
    .array(z.strictObject({ signal: z.string(), data: json.optional(), after: duration }))
    .max(200)
    .optional(),
  expect: expectation,
});

export type Scenario = z.output<typeof scenario>;
export type ScenarioAnswer = z.output<typeof answer>;
export type ScenarioAnswers = z.output<typeof answers>;
export type ScenarioResults = NonNullable<Scenario["results"]>;
export type ScenarioFault = z.output<typeof fault>;
export type Expectation = z.output<typeof expectation>;
