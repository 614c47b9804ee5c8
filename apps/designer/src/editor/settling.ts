import { applyEdits, type Edit, type Playbook } from "@drawbridge/playbook";
import { settle } from "../canvas/settle.ts";

/** What must move once these edits are made, as an edit; the steps named stay. */
export function settling(playbook: Playbook, edits: readonly Edit[], stay: readonly string[]): Edit[] {
  const after = applyEdits(playbook, edits);
  if (!after.ok) return [];
  const moved = Object.entries(settle(after.playbook, after.playbook.layout ?? {}, new Set(stay)));
  return moved.length === 0 ? [] : [{ type: "move-steps", params: { positions: Object.fromEntries(moved.map(([each, { x, y }]) => [each, { x, y }])) } }];
}
