import type { Playbook, Step } from "@drawbridge/playbook";
import { lookOf } from "../steps/looks.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import type { Rect } from "./geometry.ts";
import type { DrawnGroup } from "./groups.ts";
import type { Scene, SceneEdge } from "./scene.ts";
import type { ChangeKind, EdgeState, StepView } from "./step-view.ts";

/** A step as it is drawn from afar. Colours are names of our tokens. */
export interface FarBlock {
  readonly id: string;
  readonly rect: Rect;
  readonly name: string;
  readonly fill: string;
  readonly strip: string;
  /** For the overview, where a block is a few pixels. */
  readonly dot: string;
  readonly selected: boolean;
}

/** Connections of one look, as one path. */
export interface FarLines {
  readonly color: string;
  readonly width: number;
  readonly dash: boolean;
  readonly path: Path2D;
}

const statusColors: { readonly [Status in StepView["status"]]: readonly [fill: string, strip: string] | null } = {
  waiting: null,
  running: ["--run-soft", "--run-line"],
  sleeping: ["--run-soft", "--run-line"],
  asking: ["--wait-soft", "--wait-line"],
  succeeded: ["--ok-soft", "--ok-line"],
  failed: ["--fail-soft", "--fail-line"],
  skipped: ["--skip-soft", "--skip-line"],
  cancelled: ["--skip-soft", "--skip-line"],
  "in-doubt": ["--doubt-soft", "--doubt-line"],
};

const changeColors: { readonly [Kind in ChangeKind]: readonly [fill: string, strip: string, sign: string] } = {
  added: ["--ok-soft", "--ok-line", "+ "],
  removed: ["--fail-soft", "--fail-line", "− "],
  changed: ["--wait-soft", "--wait-line", "~ "],
  moved: ["--subtle", "--skip-line", "↔ "],
};

/** Every step and the start as blocks. */
export function blocksOf(
  playbook: Playbook,
  scene: Scene,
  catalog: StepCatalog,
  selection: ReadonlySet<string>,
  startLabel: string,
  stepViews: ((id: string) => StepView | undefined) | undefined,
  changeOf: ((id: string) => ChangeKind | undefined) | undefined,
): FarBlock[] {
  const blocks: FarBlock[] = [{ id: "", rect: scene.start, name: startLabel, fill: "--accent-soft", strip: "--accent", dot: "--accent-line", selected: false }];
  for (const id of scene.order) {
    const step = playbook.steps[id];
    const rect = scene.rects.get(id);
    const group = scene.groups.get(id);
    if (group && rect) blocks.push(groupBlock(group, rect, selection.has(id)));
    if (!step || !rect) continue;
    const view = stepViews?.(id);
    const change = changeOf?.(id);
    const changed = change && changeColors[change];
    const status = changed ?? (view && !view.hidden ? statusColors[view.status] : null);
    const selected = selection.has(id);
    const tile = `--t-${tileOf(step, catalog)}`;
    const [fill, strip] = status ?? (stepViews || changeOf ? (["--subtle", "--skip-line"] as const) : ([`${tile}-bg`, tile] as const));
    blocks.push({
      id,
      rect,
      name: view?.hidden ? "Not shown to you" : (changed?.[2] ?? "") + step.name,
      fill,
      strip,
      dot: selected ? "--accent" : (status?.[1] ?? "--skip-line"),
      selected,
    });
  }
  return blocks;
}

const groupBlock = ({ id, name, members }: DrawnGroup, rect: Rect, selected: boolean): FarBlock => ({
  id,
  rect,
  name: `${name} (${members.length})`,
  fill: "--t-slate-bg",
  strip: "--t-slate",
  dot: selected ? "--accent" : "--t-slate",
  selected,
});

const tileOf = (step: Step, catalog: StepCatalog): string =>
  step.kind === "action" ? (catalog.integrations.get(step.action.split(".")[0] ?? "")?.tile.color ?? "slate") : lookOf(step).tile;

const stateLooks: { readonly [State in EdgeState]: readonly [color: string, width: number, dash: boolean] } = {
  waiting: ["--edge", 1, false],
  taken: ["--ok-line", 1.75, false],
  running: ["--run-line", 2, false],
  error: ["--fail-line", 1.75, false],
  "not-taken": ["--skip-line", 1, true],
  hidden: ["--skip-line", 1, true],
  added: ["--ok-line", 2, false],
  removed: ["--fail-line", 1.75, true],
};

/** Every connection, gathered by how it looks. */
export function linesOf(scene: Scene, selection: ReadonlySet<string>, edgeState: ((from: string, way: string, to: string) => EdgeState | undefined) | undefined): FarLines[] {
  const gathered = new Map<string, FarLines>();
  for (const edge of scene.edges) {
    const [color, width, dash] = lookOfEdge(edge, selection, edgeState?.(edge.from, edge.way, edge.to));
    const key = `${color} ${width}`;
    const lines = gathered.get(key) ?? { color, width, dash, path: new Path2D() };
    gathered.set(key, lines);
    edge.points.forEach((point, index) => (index === 0 ? lines.path.moveTo(point.x, point.y) : lines.path.lineTo(point.x, point.y)));
  }
  return [...gathered.values()].sort((a, b) => a.width - b.width);
}

function lookOfEdge(edge: SceneEdge, selection: ReadonlySet<string>, state: EdgeState | undefined): readonly [string, number, boolean] {
  if (state) return stateLooks[state];
  if (selection.has(edge.source) || selection.has(edge.target)) return ["--accent", 1.5, false];
  if (edge.kind === "error") return ["--fail-line", 1, false];
  return edge.kind === "limit" ? ["--wait-line", 1, false] : ["--edge", 1, false];
}
