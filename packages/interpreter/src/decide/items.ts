import { type Json, resolve } from "@drawbridge/playbook";
import { itemCellAt } from "../fold/cells.ts";
import { failed, succeeded } from "../steps/outcome.ts";
import type { RunDecision } from "../trace-event.ts";
import { startAttempt } from "./attempts.ts";
import type { TaskEntry } from "./entry.ts";

/** Works out what the for-each goes over. */
export function expandItems({ at, scope }: TaskEntry, list: Json): RunDecision {
  const items = resolve(list, scope);
  if (Array.isArray(items)) return { type: "items-expanded", step: at.id, items: items as readonly Json[] };
  return failed(at, { code: "for-each-not-a-list", message: "What the for-each goes over is not a list.", retryable: false, details: { items } });
}

/** Starts the next item. */
export function nextItem(entry: TaskEntry): RunDecision {
  const { behaviour } = entry.at;
  return "input" in behaviour ? startAttempt(entry, behaviour) : gatherItems(entry);
}

/** Every item is done: the outputs become the step's, in the order of the items. */
export function gatherItems({ at, cell }: TaskEntry): RunDecision {
  const outputs: Json[] = [];
  const problems: Json[] = [];
  for (let index = 0; index < (cell.items?.list.length ?? 0); index += 1) {
    const { output, error } = itemCellAt(cell, index).state;
    outputs.push(output ?? null);
    if (error) problems.push({ index, code: error.code, message: error.message });
  }
  if (problems.length === 0) return succeeded(at, outputs, "next");
  const error = { code: "for-each-items-failed", message: `${problems.length} of ${outputs.length} items did not succeed.`, retryable: false, details: { failed: problems } };
  return succeeded(at, outputs, "next", { error });
}
