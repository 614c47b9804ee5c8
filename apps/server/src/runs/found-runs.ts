import { hiddenCases, runVisibleBeside } from "../access/visible.ts";
import type { Viewer } from "../access/viewer.ts";
import type { Store } from "../store/store.ts";
import type { FailedSteps } from "./failed-steps.ts";
import { hiddenMarks, openlyHolds } from "./hidden-marks.ts";
import type { InputIndex } from "./input-index.ts";
import { matchingRuns, type RunFilters } from "./run-filters.ts";
import type { RunSlice } from "./run-slices.ts";

interface Parts {
  readonly store: Store;
  readonly inputs: Pick<InputIndex, "catchUp">;
  readonly failedSteps: FailedSteps;
}

/** What a viewer's search finds, to be read a slice at a time. */
export class FoundRuns {
  /** Whether every run's input could be looked at. */
  readonly complete: boolean;
  readonly #store: Store;
  readonly #matching: ReturnType<typeof matchingRuns>;
  readonly #words: string;
  readonly #marks: readonly string[];

  constructor(store: Store, matching: ReturnType<typeof matchingRuns>, words: string, marks: readonly string[], complete: boolean) {
    this.#store = store;
    this.#matching = matching;
    this.#words = words;
    this.#marks = marks;
    this.complete = complete;
  }

  /** Ids before `before`, newest first, at most `most`; and how many there are in the slice. */
  async page(slice: RunSlice, before: string | null, most: number): Promise<{ readonly ids: readonly string[]; readonly count: number }> {
    if (this.#marks.length > 0) {
      const open = await this.#open(slice);
      return { ids: open.filter((id) => before === null || id < before).slice(0, Math.max(0, most)), count: open.length };
    }
    const count = (await this.#store.first(this.#within(slice).select((select) => select.fn.countAll<number>().as("count"))))?.count ?? 0;
    if (count === 0 || most <= 0 || (before !== null && slice.low !== null && before <= slice.low)) return { ids: [], count };
    const rows = await this.#store.all(
      this.#within(slice)
        .select("runs.id")
        .$if(before !== null, (from) => from.where("runs.id", "<", before ?? ""))
        .orderBy("runs.id", "desc")
        .limit(most),
    );
    return { ids: rows.map(({ id }) => id), count };
  }

  /** What is counted of each run. */
  async rows(slice: RunSlice) {
    const rows = await this.#store.all(
      this.#within(slice).select([
        "runs.id",
        "runs.playbook_id",
        "runs.playbook_version",
        "runs.status",
        "runs.started_at",
        "runs.ended_at",
        "runs.error_code",
        "runs.failed_step",
      ]),
    );
    if (this.#marks.length === 0) return rows;
    const open = new Set(await this.#open(slice));
    return rows.filter(({ id }) => open.has(id));
  }

  /** Those in which the words stand openly, newest first. */
  async #open(slice: RunSlice): Promise<readonly string[]> {
    const rows = await this.#store.all(
      this.#within(slice).innerJoin("run_inputs", "run_inputs.run_id", "runs.id").select(["runs.id", "run_inputs.text"]).orderBy("runs.id", "desc"),
    );
    return rows.filter(({ text }) => openlyHolds(text, this.#words, this.#marks)).map(({ id }) => id);
  }

  #within({ low, high }: RunSlice) {
    return this.#matching.$if(low !== null, (from) => from.where("runs.id", ">=", low ?? "")).$if(high !== null, (from) => from.where("runs.id", "<", high ?? ""));
  }
}

/** Looks for runs as a person who may not know of all: neither a hidden case nor a step that tells of one is found by its words. */
export async function findRuns({ store, inputs, failedSteps }: Parts, viewer: Viewer, filters: RunFilters): Promise<FoundRuns> {
  const hidden = await hiddenCases(store, viewer);
  const words = (filters.input ?? "").toLowerCase();
  const complete = words === "" || (await inputs.catchUp());
  const marks = words === "" ? [] : await hiddenMarks(store, hidden);
  const untold = filters.failedStep ? await failedSteps.untold(viewer, filters.failedStep) : [];
  const matching = matchingRuns(store, runVisibleBeside(viewer, hidden), filters).$if(untold.length > 0, (from) =>
    from.where((where) => where.not(where.or(untold.map((each) => where.and({ "runs.playbook_id": each.playbook_id, "runs.playbook_version": each.playbook_version }))))),
  );
  return new FoundRuns(store, matching, words, marks, complete);
}
