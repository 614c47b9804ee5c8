import type { StepState } from "../run.ts";
import { isSettled } from "../settled.ts";
import { cancel } from "./awaiting.ts";
import { cellAt, changeCell, changeItem, itemCellAt, ownCell } from "./cells.ts";
import type { Draft, Writable } from "./draft.ts";

/** Stops waiting for everything that the step has asked for; items under way are cancelled. */
export function cancelAttempts(draft: Draft, index: number): void {
  const { attempts, items, state } = cellAt(draft.run, index);
  cancel(draft, attempts.timer);
  cancel(draft, attempts.effect);
  if (!items) return;
  for (let item = 0; item < items.next; item += 1) cancelItem(draft, index, item);
  if (state.items) changeCell(draft, index, { state: { ...state, items: { ...state.items, running: 0, inDoubt: 0 } } });
}

function cancelItem(draft: Draft, index: number, item: number): void {
  const { attempts, state } = itemCellAt(cellAt(draft.run, index), item);
  if (isSettled(state.status)) return;
  cancel(draft, attempts.timer);
  cancel(draft, attempts.effect);
  const { effect: _effect, ...rest } = state;
  changeItem(draft, index, item, { state: { ...rest, status: "cancelled" }, attempts: { ...attempts, effect: null, timer: null } });
}

/** The step is done, one way or another; its state keeps what is still of interest, and is given back for what its end adds. */
export function settle(draft: Draft, index: number, at: number, status: StepState["status"]): Writable<StepState> {
  cancelAttempts(draft, index);
  const cell = ownCell(draft, index);
  const settled = kept(cell.state);
  settled.status = status;
  settled.startedAt = cell.state.startedAt ?? at;
  settled.endedAt = at;
  cell.state = settled;
  return settled;
}

/** What of a running step's state outlives it; field by field, since every step of every run comes here. */
function kept({ status, attempts, input, output, explained, ask, poll, items, children }: StepState): Writable<StepState> {
  const state: Writable<StepState> = { status, attempts };
  if (input !== undefined) state.input = input;
  if (output !== undefined) state.output = output;
  if (explained !== undefined) state.explained = explained;
  if (ask !== undefined) state.ask = ask;
  if (poll !== undefined) state.poll = poll;
  if (items !== undefined) state.items = items;
  if (children !== undefined) state.children = children;
  return state;
}
