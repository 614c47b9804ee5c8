import { setImmediate as others } from "node:timers/promises";

const sliceMs = 8;

/** Drives the work to its end without keeping others waiting: after each slice of time they have their turn. */
export async function inSlices<Result>(work: Generator<void, Result>): Promise<Result> {
  for (let until = performance.now() + sliceMs; ;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < until) continue;
    await others();
    until = performance.now() + sliceMs;
  }
}
