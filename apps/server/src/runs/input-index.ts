import { setImmediate } from "node:timers/promises";
import type { Engine } from "@drawbridge/engine";
import { firstRunIdAt } from "@drawbridge/engine/embedded";
import type { Json } from "@drawbridge/playbook";
import { sql } from "kysely";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import { inputText } from "./input-text.ts";

interface Parts {
  readonly store: Store;
  readonly engine: Pick<Engine, "trace" | "payload">;
  readonly log: Log;
}

const everyMs = 5_000;
const mostMs = 1_000;
const slice = 200;
/** Processes make ids by clocks of their own, and commit in another order: so far back it is looked again. */
const overlapMs = 120_000;

/** Keeps what runs were started with as text, behind the engine, so that a start costs nothing more. */
export class InputIndex {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | null = null;
  /** Every run before this id is there. */
  #upTo = "";
  #under: Promise<boolean> | null = null;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopped = false;
    const catchUp = async () => {
      try {
        while (!(await this.catchUp()) && !this.#stopped) await setImmediate();
      } catch (error) {
        this.#parts.log.error({ err: error }, "inputs of runs could not be made searchable");
      }
    };
    void this.#dropOrphans().then(catchUp, catchUp);
    this.#timer = setInterval(() => void catchUp(), everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#under?.catch(() => undefined);
  }

  /** Takes in the runs that are not there yet, for a second at most; whether all are. */
  catchUp(): Promise<boolean> {
    return (this.#under ??= this.#takeIn(performance.now() + mostMs).finally(() => (this.#under = null)));
  }

  async forget(runs: readonly string[]): Promise<void> {
    const { store } = this.#parts;
    if (runs.length > 0) await store.run(store.sql.deleteFrom("run_inputs").where("run_id", "in", runs));
  }

  async #takeIn(until: number): Promise<boolean> {
    const { store } = this.#parts;
    const begun = Date.now();
    for (let after = this.#upTo; ;) {
      const missing = await store.all(
        store.sql
          .selectFrom("runs")
          .leftJoin("run_inputs", "run_inputs.run_id", "runs.id")
          .select("runs.id")
          .where("runs.id", ">=", after)
          .where("run_inputs.run_id", "is", null)
          .orderBy("runs.id")
          .limit(slice),
      );
      const last = missing.at(-1)?.id;
      if (last !== undefined) await this.#add(missing.map(({ id }) => id));
      if (last === undefined || missing.length < slice) {
        this.#upTo = firstRunIdAt(begun - overlapMs);
        return true;
      }
      after = this.#upTo = last;
      if (performance.now() > until) return false;
      await setImmediate();
    }
  }

  async #add(runs: readonly string[]): Promise<void> {
    const { store } = this.#parts;
    const rows: { run_id: string; text: string }[] = [];
    for (const run of runs) rows.push({ run_id: run, text: inputText(await this.#inputOf(run)) });
    await store.run(
      store.sql
        .insertInto("run_inputs")
        .values(rows)
        .onConflict((conflict) => conflict.doNothing()),
    );
  }

  async #inputOf(run: string): Promise<Json> {
    const { engine } = this.#parts;
    const started = (await engine.trace(run, 0, 1))[0];
    if (started?.type !== "run-started") return null;
    const input = started.input as Json;
    const hash = typeof input === "object" && input !== null && "$payload" in input ? (input["$payload"] as { readonly hash?: string }).hash : undefined;
    return hash === undefined ? input : ((await engine.payload(run, hash)) ?? null);
  }

  /** What a deletion left behind when its process ended in between. */
  async #dropOrphans(): Promise<void> {
    const { store } = this.#parts;
    await store.run(store.sql.deleteFrom("run_inputs").where(sql<boolean>`not exists (select 1 from runs where runs.id = run_inputs.run_id)`));
  }
}
