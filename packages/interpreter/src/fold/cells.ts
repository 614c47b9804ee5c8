import { emptyVector, itemAt, withItem } from "../persistent/vector.ts";
import type { StepState } from "../run.ts";
import type { Attempts, Cell, ItemCell, Run } from "../run-state.ts";
import type { Draft, Writable } from "./draft.ts";

/** A step that nothing has happened to. */
export const untouched: StepState = { status: "waiting", attempts: 0 };

/** The attempts of a step or an item before its first. */
export function noAttempts(base: number): Attempts {
  return { number: base, tries: 0, polls: 0, effect: null, timer: null, asked: null };
}

const blank: Cell = {
  state: untouched,
  round: 0,
  entered: false,
  arrived: 0,
  gone: 0,
  cause: null,
  base: 0,
  top: 0,
  attempts: noAttempts(0),
  items: null,
  override: null,
  standIn: null,
};

/** What the run knows of the step at `index`. */
export function cellAt(run: Run, index: number): Cell {
  return itemAt(run.cells, index) ?? blank;
}

/** The step's cell, to be changed in place: it belongs to the draft. */
export function ownCell(draft: Draft, index: number): Writable<Cell> {
  const known = draft.ownCells.get(index);
  if (known) return known;
  const cell = { ...cellAt(draft.run, index) };
  draft.ownCells.set(index, cell);
  draft.run.cells = withItem(draft.run.cells, index, cell, draft.ownNodes);
  return cell;
}

/** Replaces some of what the run knows of a step. */
export function changeCell(draft: Draft, index: number, change: Partial<Cell>): void {
  Object.assign(ownCell(draft, index), change);
}

/** A cell that waits to be reached in a new round; its effect numbers go on. */
export function nextRound(cell: Cell): Cell {
  return { ...blank, state: { ...untouched, attempts: cell.top }, round: cell.round + 1, base: cell.top, top: cell.top, attempts: noAttempts(cell.top) };
}

/** What the run knows of one item of a for-each. */
export function itemCellAt(cell: Cell, item: number): ItemCell {
  return (cell.items && itemAt(cell.items.cells, item)) ?? { state: { status: "waiting", attempts: 0 }, attempts: noAttempts(cell.base) };
}

/** Replaces some of what the run knows of an item, and of its step. */
export function changeItem(draft: Draft, index: number, item: number, change: Partial<ItemCell>, ofStep: Partial<Cell> = {}): void {
  const cell = cellAt(draft.run, index);
  const items = cell.items ?? { list: [], cells: emptyVector, next: 0 };
  const cells = withItem(items.cells, item, { ...itemCellAt(cell, item), ...change });
  changeCell(draft, index, { ...ofStep, items: { ...items, cells, next: Math.max(items.next, item + 1) } });
}

/** The attempts of the step, or of its item. */
export function attemptsAt(cell: Cell, item: number | null): Attempts {
  return item === null ? cell.attempts : itemCellAt(cell, item).attempts;
}

/** Replaces some of the attempts' bookkeeping. */
export function changeAttempts(draft: Draft, index: number, item: number | null, change: Partial<Attempts>): void {
  const cell = cellAt(draft.run, index);
  const attempts = { ...attemptsAt(cell, item), ...change };
  if (item === null) changeCell(draft, index, { attempts });
  else changeItem(draft, index, item, { attempts });
}
