import type { Playbook } from "@drawbridge/playbook";
import { flowOrder } from "./flow-order.ts";
import { groupOfSteps, groupPrefix } from "./groups.ts";

/** One row of the outline: a step, or a group with its steps one level below. */
export interface OutlineRow {
  readonly id: string;
  readonly level: 1 | 2;
  /** Which step of the flow it is, from 1; null for a group. */
  readonly number: number | null;
  /** The row of the group that a step is in. */
  readonly parent: string | null;
}

/** The rows in the order of the flow. With `nested` a group stands where its first step does, and its steps below it unless it is folded. */
export function outlineRows(playbook: Playbook, nested: boolean): OutlineRow[] {
  const order = flowOrder(playbook);
  if (!nested || !playbook.groups) return order.map((id, index) => ({ id, level: 1, number: index + 1, parent: null }));
  const groupOf = groupOfSteps(playbook);
  const numbers = new Map(order.map((id, index) => [id, index + 1]));
  const shown = new Set<string>();
  return order.flatMap((id): OutlineRow[] => {
    const group = groupOf.get(id);
    if (group === undefined) return [{ id, level: 1, number: numbers.get(id) ?? null, parent: null }];
    if (shown.has(group)) return [];
    shown.add(group);
    const parent = groupPrefix + group;
    const members = playbook.groups?.[group]?.folded ? [] : order.filter((each) => groupOf.get(each) === group);
    return [{ id: parent, level: 1, number: null, parent: null }, ...members.map((each): OutlineRow => ({ id: each, level: 2, number: numbers.get(each) ?? null, parent }))];
  });
}
