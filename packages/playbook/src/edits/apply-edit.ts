import type * as z from "zod";
import type { Json } from "../json.ts";
import { shapeProblem } from "../parse-playbook.ts";
import { group, note, type Playbook, playbook as document, position } from "../playbook.ts";
import { pointerOf } from "../pointer.ts";
import { step } from "../steps/registry.ts";
import { slug } from "../steps/shared.ts";
import type { Edit, EditRefusal } from "./edit.ts";
import { editRegistry } from "./registry.ts";

export type AppliedEdit = { readonly ok: true; readonly playbook: Playbook } | ({ readonly ok: false } & EditRefusal);

const records = { steps: step, layout: position, notes: note, groups: group };
type RecordKey = keyof typeof records;
const isRecordKey = (key: string): key is RecordKey => Object.hasOwn(records, key);

function firstIssue(schema: z.ZodType, value: unknown, at: readonly string[]): string | null {
  const parsed = schema.safeParse(value);
  const issue = parsed.success ? undefined : parsed.error.issues[0];
  return issue ? `${pointerOf([...at, ...issue.path.map(String)])}: ${issue.message}` : null;
}

/** What is wrong with the parts that an edit changed; parts that kept their identity were valid before. */
function problemOf(before: Playbook, after: Playbook): string | null {
  for (const key of Object.keys(after) as (keyof Playbook)[]) {
    if (after[key] === before[key]) continue;
    if (!isRecordKey(key)) {
      const problem = Object.hasOwn(document.shape, key) ? firstIssue(document.shape[key], after[key], [key]) : `/${key}: unknown`;
      if (problem) return problem;
      continue;
    }
    const [old, made] = [(before[key] ?? {}) as { readonly [id: string]: unknown }, (after[key] ?? {}) as { readonly [id: string]: unknown }];
    for (const [id, value] of Object.entries(made)) {
      const problem = value === old[id] ? null : (firstIssue(slug, id, [key, id]) ?? firstIssue(records[key], value, [key, id]));
      if (problem) return problem;
    }
  }
  return null;
}

/** Makes one edit: gives a new playbook that is valid, or says why not. The playbook given is never changed. */
export function applyEdit(playbook: Playbook, edit: Edit): AppliedEdit {
  const definition = editRegistry.get(edit.type);
  if (!definition) return { ok: false, code: "unknown-edit", message: `There is no edit "${edit.type}".` };
  const shape = shapeProblem(edit.params);
  if (shape) return { ok: false, code: "invalid-params", message: shape.message };
  const made = definition.run(playbook, edit.params as Json);
  if ("refusal" in made) return { ok: false, ...made.refusal };
  const problem = problemOf(playbook, made.playbook);
  return problem === null ? { ok: true, playbook: made.playbook } : { ok: false, code: "invalid-result", message: problem };
}

/** Makes edits in order, all or none. */
export function applyEdits(playbook: Playbook, edits: readonly Edit[]): AppliedEdit {
  let current = playbook;
  for (const edit of edits) {
    const made = applyEdit(current, edit);
    if (!made.ok) return made;
    current = made.playbook;
  }
  return { ok: true, playbook: current };
}
