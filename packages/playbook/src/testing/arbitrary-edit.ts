import fc from "fast-check";
import type { Edit } from "../edits/edit.ts";
import { editRegistry } from "../edits/registry.ts";
import { stepTemplate } from "../edits/step-template.ts";
import { graphOf } from "../graph.ts";
import type { Playbook } from "../playbook.ts";
import { type Step, stepKinds } from "../steps/registry.ts";

const picks = fc.record({
  type: fc.constantFrom(...editRegistry.keys()),
  a: fc.nat(),
  b: fc.nat(),
  kind: fc.constantFrom(...stepKinds),
  text: fc.string({ minLength: 1, maxLength: 12 }),
  x: fc.integer({ min: -50, max: 50 }),
});

function paramsOf(
  playbook: Playbook,
  { type, a, b, kind, text, x }: { type: string; a: number; b: number; kind: (typeof stepKinds)[number]; text: string; x: number },
): Edit["params"] {
  const ids = Object.keys(playbook.steps);
  const [one, two] = [ids[a % Math.max(ids.length, 1)] ?? "gone", ids[b % Math.max(ids.length, 1)] ?? "gone"];
  const ways = ids.flatMap((id) => (graphOf(playbook).ways.get(id) ?? []).flatMap((way) => way.next.map((to) => ({ from: id, way: way.id, to }))));
  const way = ways[a % Math.max(ways.length, 1)] ?? { from: one, way: "next", to: two };
  const step: Step = stepTemplate(kind);
  const note = Object.keys(playbook.notes ?? {})[0] ?? "gone";
  const labels = ids.flatMap((id) => (graphOf(playbook).ways.get(id) ?? []).flatMap((each) => (each.kind === "branch" ? [{ step: id, label: each.label }] : [])));
  const branch = labels[a % Math.max(labels.length, 1)] ?? { step: one, label: "gone" };
  const waysOut = (graphOf(playbook).ways.get(one) ?? []).map((each) => each.id);
  const at = { x, y: x };
  const groups = Object.keys(playbook.groups ?? {});
  const group = groups[a % Math.max(groups.length, 1)] ?? "gone";
  const params: { [type: string]: unknown } = {
    "add-step": { step, position: at },
    "remove-step": { id: one },
    "rename-step": { id: one, name: text },
    "change-step-id": { from: one, to: `r${b % 40}` },
    "update-step": { id: one, patch: { name: text, description: text }, set: [{ pointer: "/extensions/x", value: [text] }] },
    "replace-step": { id: one, step },
    "connect-steps": { from: one, way: waysOut[b % Math.max(waysOut.length, 1)] ?? "next", to: two },
    "disconnect-steps": way,
    "insert-step-on-way": { ...way, step },
    "move-steps": { positions: { [one]: at } },
    "set-layout": { layout: { [one]: at } },
    "set-start": { steps: [one, two] },
    "add-branch": { step: branch.step, label: text },
    "rename-branch": { step: branch.step, from: branch.label, to: text },
    "remove-branch": branch,
    "paste-steps": {
      steps: { [one]: playbook.steps[one] ?? step, [two]: playbook.steps[two] ?? step },
      layout: { [one]: at },
      groups: { copied: { name: text, steps: [one] } },
      offset: at,
    },
    "add-note": { text, ...at, width: 100, height: 100 },
    "update-note": { id: note, x },
    "remove-note": { id: note },
    "group-steps": { name: text, steps: [one, two], folded: b % 2 === 0 },
    "update-group": { id: group, folded: a % 2 === 0, name: text, add: [one], remove: [two] },
    "remove-group": { id: group },
    "set-playbook-details": { name: text, tags: [text] },
    "set-inputs": { inputs: [{ key: "subject", type: "string" }] },
    "set-outputs": { outputs: [{ key: "o", value: text }] },
    "set-triggers": { triggers: [] },
  };
  return params[type] as Edit["params"];
}

/** Edits of every sort. Each is made for the playbook as it is then, so that most of them fit whatever it became. */
export const arbitraryEdit = (): fc.Arbitrary<(playbook: Playbook) => Edit> => picks.map((picked) => (playbook) => ({ type: picked.type, params: paramsOf(playbook, picked) }));
