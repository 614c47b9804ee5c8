import { type Finding, type Playbook, waysOf } from "@drawbridge/playbook";

const severities = ["error", "warning", "hint"] as const;
const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

const findingsOf = (findings: readonly Finding[], step: string) => severities.flatMap((severity) => findings.filter((each) => each.step === step && each.severity === severity));
const groupOf = (playbook: Playbook, step: string) => Object.entries(playbook.groups ?? {}).find(([, group]) => group.steps.includes(step));
const isHidden = (playbook: Playbook, step: string) => groupOf(playbook, step)?.[1].folded === true;

/** Every connection of a document: from where, by which way, to where. */
export const connectionsOf = (playbook: Playbook): (readonly [from: string, way: string, to: string])[] => [
  ...playbook.start.map((to) => ["$start", "start", to] as const),
  ...Object.entries(playbook.steps).flatMap(([from, step]) => waysOf(step).flatMap((way) => way.next.map((to) => [from, way.id, to] as const))),
];

/** What the canvas must show of a document. */
export function canvasOf(playbook: Playbook, findings: readonly Finding[]): string[] {
  const steps = Object.entries(playbook.steps).flatMap(([id, step]) => {
    const at = playbook.layout?.[id];
    const own = findingsOf(findings, id);
    const problems = own[0] ? `, ${counted(own.length, own[0].severity)}` : "";
    return isHidden(playbook, id) ? [] : [`${id}: ${step.name}${problems} at ${at?.x},${at?.y}`];
  });
  const edges = connectionsOf(playbook).filter(([from, , to]) => {
    const group = groupOf(playbook, from);
    return !group?.[1].folded || group[0] !== groupOf(playbook, to)?.[0];
  });
  const groups = Object.entries(playbook.groups ?? {}).map(([id, { name, steps: inside, folded }]) => {
    const crossing = (one: number, other: number) => edges.filter((edge) => inside.includes(edge[one] ?? "") && !inside.includes(edge[other] ?? "")).length;
    return `$group:${id}: Group ${name}, ${inside.length} steps, ${folded ? `folded, ${crossing(2, 0)} in, ${crossing(0, 2)} out` : "open"}`;
  });
  const notes = Object.entries(playbook.notes ?? {}).map(([id, { text, x, y }]) => `$note:${id}: Note: ${text.slice(0, 80)} at ${x},${y}`);
  return [...steps, ...edges.map(([from, way, to]) => `${from} ${way} -> ${to}`), ...groups, ...notes].sort();
}

/** What the outline must show of a document. */
export function outlineOf(playbook: Playbook, findings: readonly Finding[]): string[] {
  const steps = Object.entries(playbook.steps).flatMap(([id, step]) => {
    const ways = waysOf(step)
      .filter((way) => way.next.length > 0)
      .map((way) => `${way.label}→ to ${way.next.map((next) => playbook.steps[next]?.name).join(", ")}`);
    const wrong = findingsOf(findings, id).map(({ message }) => message);
    return isHidden(playbook, id) ? [] : [JSON.stringify([id, groupOf(playbook, id) ? "2" : "1", step.name, ways, wrong])];
  });
  const groups = Object.entries(playbook.groups ?? {}).map(([id, { name }]) => JSON.stringify([`$group:${id}`, "1", name, [], []]));
  return [...steps, ...groups].sort();
}

/** What the line of problems must tell. */
export const problemsOf = (findings: readonly Finding[]): string[] =>
  severities.flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });

/** Connections against which the numbers of the outline run, of those that a run can take. */
export function backwards(playbook: Playbook, numbers: Readonly<Record<string, number>>): string[] {
  const reached = new Set<string>();
  for (const open = [...playbook.start]; open.length > 0;) {
    const id = open.pop() ?? "";
    const step = playbook.steps[id];
    if (!step || reached.has(id)) continue;
    reached.add(id);
    open.push(...waysOf(step).flatMap((way) => way.next));
  }
  return connectionsOf(playbook)
    .filter(([from, , to]) => reached.has(from) && (numbers[from] ?? 0) >= (numbers[to] ?? Infinity))
    .map(([from, way, to]) => `${from} ${way} -> ${to} is against the order of the outline`);
}
