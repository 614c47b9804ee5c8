import { type Playbook, type PlaybookGroup, waysOf } from "@drawbridge/playbook";
import { boundsOf, type Point, type Rect } from "./geometry.ts";

/** Before the id of a group, where it stands among steps; no step can have such an id. */
export const groupPrefix = "$group:";

/** A group as it is drawn: a frame around its steps or, folded, one card in their place. */
export interface DrawnGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly folded: boolean;
  readonly rect: Rect;
  /** How many ways lead in from outside, and out. */
  readonly into: number;
  readonly out: number;
}

const foldedSize = { width: 200, height: 72 };
const around = { side: 12, top: 26, bottom: 10 };

/** The group of each step; the first that names it. */
export function groupOfSteps(playbook: Playbook): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [id, group] of Object.entries(playbook.groups ?? {})) for (const step of group.steps) if (!found.has(step) && Object.hasOwn(playbook.steps, step)) found.set(step, id);
  return found;
}

/** The card in whose place each step of a folded group is drawn. */
export function foldedSteps(playbook: Playbook): ReadonlyMap<string, string> {
  if (!isAnyFolded(playbook)) return none;
  return new Map([...groupOfSteps(playbook)].flatMap(([step, group]) => (playbook.groups?.[group]?.folded ? [[step, groupPrefix + group] as const] : [])));
}
const none: ReadonlyMap<string, string> = new Map();

/** Whether some group is folded. */
export const isAnyFolded = ({ groups }: Playbook): boolean => groups !== undefined && Object.values(groups).some((group) => group.folded);

/** The playbook with every group open. */
export function unfolded(playbook: Playbook): Playbook {
  if (!isAnyFolded(playbook)) return playbook;
  const open = ({ folded: _folded, ...group }: PlaybookGroup): PlaybookGroup => group;
  return { ...playbook, groups: Object.fromEntries(Object.entries(playbook.groups ?? {}).map(([id, group]) => [id, open(group)])) };
}

/** Where the card of a folded group stands: in the place of its topmost step, where no other step is. */
export function foldedRect(members: readonly Rect[]): Rect {
  const first = members.reduce<Rect | undefined>((best, rect) => (!best || rect.y < best.y || (rect.y === best.y && rect.x < best.x) ? rect : best), undefined);
  const { x, y, width } = first ?? { x: 0, y: 0, width: foldedSize.width };
  return { x: x + width / 2 - foldedSize.width / 2, y, ...foldedSize };
}

/** Every group with its place. */
export function drawnGroups(playbook: Playbook, rects: ReadonlyMap<string, Rect>): ReadonlyMap<string, DrawnGroup> {
  const drawn = new Map<string, DrawnGroup>();
  if (!playbook.groups) return drawn;
  const membersOf = new Map<string, string[]>();
  const groupOf = groupOfSteps(playbook);
  for (const [step, group] of groupOf) membersOf.set(group, [...(membersOf.get(group) ?? []), step]);
  const crossing = crossingWays(playbook, groupOf);
  for (const [group, members] of membersOf) {
    const { name = "", folded = false } = playbook.groups[group] ?? {};
    const id = groupPrefix + group;
    const rect = folded ? rects.get(id) : frameOf(members.flatMap((step) => rects.get(step) ?? []));
    if (rect) drawn.set(id, { id, name, members, folded, rect, into: crossing.into.get(group) ?? 0, out: crossing.out.get(group) ?? 0 });
  }
  return drawn;
}

/** The same groups after some steps moved. */
export function movedGroups(groups: ReadonlyMap<string, DrawnGroup>, rects: ReadonlyMap<string, Rect>): ReadonlyMap<string, DrawnGroup> {
  if (groups.size === 0) return groups;
  return new Map(
    [...groups].map(([id, group]) => {
      const rect = group.folded ? rects.get(id) : frameOf(group.members.flatMap((step) => rects.get(step) ?? []));
      return [id, rect ? { ...group, rect } : group];
    }),
  );
}

/** Moves of groups as moves of their steps; `placeOf` says where a step stands. Folded groups' steps move too, unseen. */
export function movesOfSteps(
  moves: ReadonlyMap<string, Point>,
  groups: ReadonlyMap<string, DrawnGroup>,
  placeOf: (step: string) => Point | undefined,
  onlyOpen = false,
): Map<string, Point> {
  const all = new Map(moves);
  for (const [id, to] of moves) {
    const group = groups.get(id);
    if (!group || (onlyOpen && group.folded)) continue;
    all.delete(id);
    for (const step of group.members) {
      const at = placeOf(step);
      if (at && !moves.has(step)) all.set(step, { x: Math.round(at.x + to.x - group.rect.x), y: Math.round(at.y + to.y - group.rect.y) });
    }
  }
  return all;
}

function frameOf(members: readonly Rect[]): Rect | undefined {
  if (members.length === 0) return undefined;
  const { x, y, width, height } = boundsOf(members);
  return { x: x - around.side, y: y - around.top, width: width + 2 * around.side, height: height + around.top + around.bottom };
}

function crossingWays(playbook: Playbook, groupOf: ReadonlyMap<string, string>): { readonly into: ReadonlyMap<string, number>; readonly out: ReadonlyMap<string, number> } {
  const [into, out] = [new Map<string, number>(), new Map<string, number>()];
  const count = (counts: Map<string, number>, group: string | undefined) => group !== undefined && counts.set(group, (counts.get(group) ?? 0) + 1);
  for (const id of playbook.start) count(into, groupOf.get(id));
  for (const [id, step] of Object.entries(playbook.steps))
    for (const way of waysOf(step))
      for (const to of way.next) {
        const [from, target] = [groupOf.get(id), groupOf.get(to)];
        if (from === target) continue;
        count(out, from);
        count(into, target);
      }
  return { into, out };
}
