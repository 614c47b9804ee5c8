import { type Edit, type Playbook, waysOf } from "@drawbridge/playbook";
import { sizeOf } from "../canvas/geometry.ts";
import { startId } from "../canvas/scene.ts";
import { waysInto } from "./insert-before.ts";
import { connect, disconnect } from "./step-edits.ts";

/** The step that follows one alone, with no other way between the two. */
function onlyNext(playbook: Playbook, id: string): string | null {
  const step = playbook.steps[id];
  const [way, other] = step ? waysOf(step) : [];
  const [next, more] = way?.next ?? [];
  return way?.kind === "next" && other === undefined && next !== undefined && more === undefined && waysInto(playbook, next).length === 1 ? next : null;
}

/** Lets a step change places with the one that follows or leads to it (`later` or not), where just one way is between the two; null where it cannot. */
export function moveInFlow(playbook: Playbook, id: string, later: boolean): readonly Edit[] | null {
  const [before] = later ? [] : waysInto(playbook, id);
  const first = later ? id : before && before.from !== startId && onlyNext(playbook, before.from) === id ? before.from : null;
  const second = first === null ? null : onlyNext(playbook, first);
  const [one, two] = [playbook.steps[first ?? ""], playbook.steps[second ?? ""]];
  if (first === null || second === null || !one || !two) return null;
  const [out, other] = waysOf(two);
  if (out?.kind !== "next" || other !== undefined) return null;
  const [oneAt, twoAt] = [playbook.layout?.[first], playbook.layout?.[second]];
  const into = waysInto(playbook, first);
  const way = waysOf(one)[0]?.id ?? "next";
  return [
    ...into.map((edge) => disconnect(playbook, edge)),
    disconnect(playbook, { from: first, way, to: second }),
    ...out.next.map((to) => disconnect(playbook, { from: second, way: out.id, to })),
    ...starts(
      playbook,
      first,
      second,
      into.filter((edge) => edge.from !== startId).map((edge) => connect(playbook, { ...edge, to: second })),
    ),
    connect(playbook, { from: second, way: out.id, to: first }),
    ...out.next.map((to) => connect(playbook, { from: first, way, to })),
    ...(oneAt && twoAt
      ? [
          {
            type: "move-steps",
            params: { positions: { [first]: { x: oneAt.x, y: oneAt.y + sizeOf(two).height + (twoAt.y - oneAt.y - sizeOf(one).height) }, [second]: { x: twoAt.x, y: oneAt.y } } },
          },
        ]
      : []),
  ];
}

/** The start with one step in place of another, and what else leads there. */
function starts(playbook: Playbook, old: string, now: string, others: readonly Edit[]): readonly Edit[] {
  return playbook.start.includes(old) ? [{ type: "set-start", params: { steps: playbook.start.map((each) => (each === old ? now : each)) } }, ...others] : others;
}
