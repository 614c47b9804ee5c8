import type { Step, StepKind, StepOf } from "./steps/registry.ts";

/** What sort of way out this is. `next` and `branch` are taken on success, `error` and `limit` when the step fails or its time limit passes. */
export type WayKind = "next" | "branch" | "otherwise" | "error" | "limit";

/** A way out of a step: its id is unique in the step and stable (`next`, `branch:<label>`, `otherwise`, `error`, `limit`). */
export interface Way {
  readonly id: string;
  readonly kind: WayKind;
  readonly label: string;
  readonly next: readonly string[];
}

const one = (kind: Exclude<WayKind, "branch">, label: string, next: readonly string[] | undefined): Way => ({ id: kind, kind, label, next: next ?? [] });
const branch = (label: string, next: readonly string[]): Way => ({ id: `branch:${label}`, kind: "branch", label, next });
const ifAny = (way: { readonly next: readonly string[] } | undefined, kind: "error" | "limit", label: string): Way[] => (way ? [one(kind, label, way.next)] : []);

const waysByKind: { [Kind in StepKind]: (step: StepOf<Kind>) => Way[] } = {
  action: (step) => [one("next", "", step.next), ...ifAny(step.onError, "error", "on error")],
  condition: (step) => [...step.branches.map((each) => branch(each.label, each.next)), one("otherwise", "otherwise", step.otherwise?.next)],
  ask: (step) => [...step.branches.map((each) => branch(each.label, each.next)), ...ifAny(step.onTimeLimit, "limit", "no answer")],
  wait: (step) => [one("next", "", step.next), ...ifAny(step.onTimeLimit, "limit", "time limit")],
  call: (step) => [one("next", "", step.next), ...ifAny(step.onError, "error", "on error")],
  set: (step) => [one("next", "", step.next)],
  script: (step) => [one("next", "", step.next), ...ifAny(step.onError, "error", "on error")],
  section: (step) => [one("next", "", step.next)],
  end: () => [],
};

/** Every way out of a step, in the order in which the canvas draws them. */
export function waysOf(step: Step): Way[] {
  return (waysByKind[step.kind] as (step: Step) => Way[])(step);
}
