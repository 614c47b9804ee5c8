import type { Edit, Playbook } from "@drawbridge/playbook";
import { groupOfSteps, groupPrefix } from "../canvas/groups.ts";
import { settling } from "./settling.ts";

/** Edits that make or change a group, and what is selected afterwards. */
interface Grouping {
  readonly edits: readonly Edit[];
  readonly select: readonly string[];
  readonly said: string;
}

/** The groups of a selection: those chosen themselves, else those of the steps chosen. */
export function groupsIn(playbook: Playbook, selection: readonly string[]): string[] {
  const own = selection.flatMap((id) => (id.startsWith(groupPrefix) ? [id.slice(groupPrefix.length)] : []));
  const groupOf = groupOfSteps(playbook);
  return own.length > 0 ? own : [...new Set(selection.flatMap((id) => groupOf.get(id) ?? []))];
}

/** Groups the chosen steps; with one group among them they go into that one. */
export function grouping(playbook: Playbook, selection: readonly string[]): Grouping | null {
  const steps = selection.filter((id) => Object.hasOwn(playbook.steps, id));
  if (steps.length === 0) return null;
  const [into, other] = selection.filter((id) => id.startsWith(groupPrefix));
  const said = `${steps.length} ${steps.length === 1 ? "step" : "steps"} grouped`;
  if (into !== undefined && other === undefined) return { edits: [{ type: "update-group", params: { id: into.slice(groupPrefix.length), add: steps } }], select: [into], said };
  let number = 1;
  while (Object.hasOwn(playbook.groups ?? {}, `group-${number}`)) number += 1;
  return { edits: [{ type: "group-steps", params: { id: `group-${number}`, name: `Group ${number}`, steps } }], select: [`${groupPrefix}group-${number}`], said };
}

/** Dissolves the groups of a selection and chooses their steps. */
export function ungrouping(playbook: Playbook, selection: readonly string[]): Grouping | null {
  const groups = groupsIn(playbook, selection);
  if (groups.length === 0) return null;
  return {
    edits: groups.map((id) => ({ type: "remove-group", params: { id } })),
    select: groups.flatMap((id) => playbook.groups?.[id]?.steps ?? []),
    said: groups.length === 1 ? "Group dissolved; its steps stay" : `${groups.length} groups dissolved; their steps stay`,
  };
}

/** Folds the groups of a selection, or opens them when all are folded. */
export function folding(playbook: Playbook, selection: readonly string[]): Grouping | null {
  const groups = groupsIn(playbook, selection);
  if (groups.length === 0) return null;
  const folded = !groups.every((id) => playbook.groups?.[id]?.folded);
  return {
    edits: foldingEdits(playbook, groups, folded),
    select: groups.map((id) => groupPrefix + id),
    said: `${groups.map((id) => playbook.groups?.[id]?.name ?? id).join(", ")} ${folded ? "folded" : "opened"}`,
  };
}

/** Folds groups or opens them; what came to lie in an opened group's place makes room. */
export function foldingEdits(playbook: Playbook, groups: readonly string[], folded: boolean): Edit[] {
  const edits = groups.map((id): Edit => ({ type: "update-group", params: { id, folded } }));
  return folded
    ? edits
    : [
        ...edits,
        ...settling(
          playbook,
          edits,
          groups.flatMap((id) => playbook.groups?.[id]?.steps ?? []),
        ),
      ];
}

/** Takes a step into the group that all its neighbours are in, if there is one. */
export function joining(playbook: Playbook, id: string, neighbours: readonly string[]): Edit[] {
  const groupOf = groupOfSteps(playbook);
  const [group, other] = new Set(neighbours.map((each) => groupOf.get(each)));
  return group !== undefined && other === undefined ? [{ type: "update-group", params: { id: group, add: [id] } }] : [];
}
