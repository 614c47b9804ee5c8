import type { Rect } from "./geometry.ts";
import type { FarBlock, FarLines } from "./far-drawing.ts";

/** The colours of our tokens as the element sees them now. */
export function colorsAt(element: Element): (token: string) => string {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (token) => {
    const color = known.get(token) ?? style.getPropertyValue(token);
    known.set(token, color);
    return color;
  };
}

export interface PaintedView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const leastZoomForNames = 0.2;
const nameSize = 10;
const stripWidth = 10;

/** Paints the lines, then the blocks, of what lies in the area (in flow coordinates). */
export function paintFar(
  context: CanvasRenderingContext2D,
  { blocks, lines, notes }: { readonly blocks: readonly FarBlock[]; readonly lines: readonly FarLines[]; readonly notes: readonly Rect[] },
  { x, y, zoom }: PaintedView,
  area: Rect,
  ratio: number,
  color: (token: string) => string,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio);
  const inside = (rect: Rect) => rect.x < area.x + area.width && area.x < rect.x + rect.width && rect.y < area.y + area.height && area.y < rect.y + rect.height;
  context.fillStyle = color("--wait-soft");
  for (const note of notes) if (inside(note)) context.fillRect(note.x, note.y, note.width, note.height);
  for (const line of lines) {
    context.strokeStyle = color(line.color);
    context.lineWidth = line.width / zoom;
    context.setLineDash(line.dash ? [4 / zoom, 4 / zoom] : []);
    context.stroke(line.path);
  }
  context.setLineDash([]);
  const seen = blocks.filter((block) => inside(block.rect));
  const byLook = groupedBy(seen, (block) => `${block.fill} ${block.strip}`);
  for (const [look, alike] of byLook) {
    const [fill = "", strip = ""] = look.split(" ");
    fillAll(context, alike, color(fill), (path, { rect }) => path.roundRect(rect.x, rect.y, rect.width, rect.height, 8));
    if (zoom < leastZoomForNames) {
      context.globalAlpha = 0.35;
      fillAll(context, alike, color(strip), (path, { rect }) => path.roundRect(rect.x, rect.y, rect.width, rect.height, 8));
      context.globalAlpha = 1;
    } else fillAll(context, alike, color(strip), (path, { rect }) => path.roundRect(rect.x, rect.y, Math.min(stripWidth, rect.width), rect.height, [8, 0, 0, 8]));
  }
  const chosen = seen.filter((block) => block.selected);
  context.strokeStyle = color("--accent");
  context.lineWidth = 2.5 / zoom;
  for (const { rect } of chosen) context.strokeRect(rect.x - 1 / zoom, rect.y - 1 / zoom, rect.width + 2 / zoom, rect.height + 2 / zoom);
  if (zoom < leastZoomForNames) return;
  context.fillStyle = color("--text");
  context.font = `500 ${nameSize / zoom}px ${color("--font")}`;
  context.textBaseline = "middle";
  const letter = (nameSize * 0.54) / zoom;
  for (const { rect, name } of seen) {
    const room = Math.floor((rect.width - stripWidth - 12 / zoom) / letter);
    if (room < 3) continue;
    context.fillText(name.length > room ? `${name.slice(0, room - 1)}…` : name, rect.x + stripWidth + 5 / zoom, rect.y + rect.height / 2);
  }
}

/** The items by a word that each has. */
export function groupedBy<Item>(items: readonly Item[], wordOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const word = wordOf(item);
    const group = groups.get(word);
    if (group) group.push(item);
    else groups.set(word, [item]);
  }
  return groups;
}

function fillAll(context: CanvasRenderingContext2D, blocks: readonly FarBlock[], color: string, add: (path: Path2D, block: FarBlock) => void): void {
  const path = new Path2D();
  for (const block of blocks) add(path, block);
  context.fillStyle = color;
  context.fill(path);
}
