import { type Step, type Way, waysOf } from "@drawbridge/playbook";
import { lookOf } from "../steps/looks.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where a way leaves a card, from the card's corner. */
export interface Port extends Point {
  readonly way: string;
  readonly label: string;
  readonly side: "bottom" | "right";
  /** Whether the way exists in the document; an error way does only once it leads somewhere. */
  readonly declared: boolean;
}

const cardWidth = 200;
const headHeight = 48;
const footHeight = 24;
const pillHeight = 28;
const leastCell = 66;
const pillLetter = 6.7;

/** The ways that are drawn as cells of the foot. */
export const cellsOf = (step: Step): Way[] => waysOf(step).filter((way) => way.kind === "branch" || way.kind === "otherwise");

/** The width of a pill with this text. */
export const pillWidth = (text: string): number => Math.min(220, Math.round(54 + text.length * pillLetter));

/** The size of a step on the canvas. */
export function sizeOf(step: Step): { readonly width: number; readonly height: number } {
  if (step.kind === "end") return { width: pillWidth(step.name), height: pillHeight };
  const cells = cellsOf(step).length;
  const foot = cells > 0 || lookOf(step).foot(step) !== null;
  return { width: Math.max(cardWidth, cells * leastCell), height: headHeight + (foot ? footHeight : 0) };
}

/** Every way out of a step as a place on its card. */
export function portsOf(step: Step): Port[] {
  const { width, height } = sizeOf(step);
  const ways = waysOf(step);
  const cells = cellsOf(step);
  const ports: Port[] = [];
  cells.forEach((way, index) => ports.push({ way: way.id, label: way.label, side: "bottom", x: (width * (index + 0.5)) / cells.length, y: height, declared: true }));
  for (const way of ways) if (way.kind === "next") ports.push({ way: way.id, label: way.label, side: "bottom", x: width / 2, y: height, declared: true });
  const exception = lookOf(step).exception;
  if (exception) ports.push({ way: exception.way, label: exception.label, side: "right", x: width, y: headHeight / 2, declared: ways.some((way) => way.id === exception.way) });
  return ports;
}

/** The smallest rectangle around all. */
export function boundsOf(rects: Iterable<Rect>): Rect {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.width);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  return left === Infinity ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
}
