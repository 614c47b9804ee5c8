import type { CallActionEffect, RunInput, RunScriptEffect, StartRunEffect } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { ScenarioResults } from "../scenario/scenario.ts";

type Work = CallActionEffect | RunScriptEffect | StartRunEffect;
type Result = ScenarioResults[string][number];
/** What the run takes in; `child` is the id of a called run that never ran. */
type Given = (at: number, child: string) => RunInput;

/** What the tries of steps come to, each given once. */
export class RecordedResults {
  private readonly left: Map<string, Result[]>;

  constructor(results: ScenarioResults) {
    this.left = new Map(Object.entries(results).map(([key, all]) => [key, [...all]]));
  }

  /** The next result of the step, of the same item where it has one; null when none is left. */
  next(key: string, effect: Work): Given | null {
    const all = this.left.get(key);
    const item = "item" in effect ? effect.item : undefined;
    const index = all?.findIndex((each) => each.item === undefined || each.item === item) ?? -1;
    const found = index === -1 ? undefined : all?.splice(index, 1)[0];
    return found ? given(effect, found) : null;
  }
}

function given(effect: Work, { output, error, case: snapshot }: Result): Given {
  const { id } = effect;
  const kept = snapshot === undefined ? {} : { case: snapshot };
  // A called playbook that could not be started has returned nothing.
  if (error && (effect.type !== "start-run" || output === undefined)) return (at) => ({ type: "effect-failed", at, effect: id, error: plain(error) });
  if (effect.type !== "start-run") return (at) => ({ type: "effect-succeeded", at, effect: id, output: output ?? null, ...kept });
  if (effect.detached) return (at, run) => ({ type: "child-started", at, effect: id, run });
  const outputs = typeof output === "object" && output !== null && !Array.isArray(output) ? (output as { readonly [key: string]: Json }) : {};
  if (!error) return (at, run) => ({ type: "child-ended", at, effect: id, run, status: "succeeded", outputs });
  return (at, run) => ({ type: "child-ended", at, effect: id, run, status: error.code === "child-run-cancelled" ? "cancelled" : "failed", outputs, error: plain(error) });
}

const plain = ({ details, ...error }: NonNullable<Result["error"]>) => ({ ...error, ...(details === undefined ? {} : { details }) });
