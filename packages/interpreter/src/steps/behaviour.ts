import type { Scope, Step } from "@drawbridge/playbook";
import type { PlanStep } from "../plan.ts";
import type { Asked, AwaitedEffect, Run } from "../run-state.ts";
import type { RunDecision } from "../trace-event.ts";
import type { Policy } from "./policy.ts";

/** Where and when a step decides. */
export interface Entry {
  readonly run: Run;
  readonly at: PlanStep;
  /** Epoch ms. */
  readonly time: number;
  readonly scope: Scope;
  /** The id of the effect that the step would ask for now. */
  readonly effect: string;
}

export type AttemptStarted = Extract<RunDecision, { readonly type: "attempt-started" }>;

/** What is particular to one step kind. */
export type Behaviour<Kind extends Step> = Deciding<Kind> | Attempting<Kind>;

/** A step that says for itself what happens when it is reached. */
export interface Deciding<Kind extends Step> {
  readonly policy?: (step: Kind) => Partial<Policy>;
  readonly enter: (step: Kind, entry: Entry) => RunDecision;
}

/** A step that makes attempts, which may be retried, repeated and made for each item. */
export interface Attempting<Kind extends Step> {
  readonly policy: (step: Kind) => Partial<Policy>;
  readonly input: (step: Kind, entry: Entry) => Asked;
  readonly request: (step: Kind, started: AttemptStarted, timeoutMs: number | null) => AwaitedEffect;
}
