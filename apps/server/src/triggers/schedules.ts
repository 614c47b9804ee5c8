import type { Engine } from "@drawbridge/engine";
import { instant } from "../instant.ts";
import type { Log } from "../log.ts";
import { ProblemError } from "../problem-error.ts";
import type { Store } from "../store/store.ts";
import { dueTicks, nextFirings } from "./cron.ts";
import { fireTrigger, keepProblem } from "./fire-trigger.ts";
import type { TriggerRow } from "./trigger-row.ts";

interface Parts {
  readonly store: Store;
  readonly engine: Engine;
  readonly log: Log;
  readonly now: () => number;
}

const leaseMs = 60_000;
const longestSleepMs = 15_000;
const atOnce = 200;

/** Refusals that pass: the tick stays due and is fired when they have. */
const passing: ReadonlySet<string> = new Set(["queue-full", "store-unavailable", "shutting-down", "internal-error"]);

/** Fires schedules. A due row is claimed, its ticks start runs under keys of their own, then it moves on: a crash in between repeats starts that the engine knows. */
export class Schedules {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | null = null;
  #firing: Promise<void> = Promise.resolve();
  #stopped = false;
  #lastNow = Number.POSITIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#sleep(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#firing;
  }

  /** Fires what is due now. */
  async fireDue(): Promise<void> {
    this.#firing = this.#firing.then(() => this.#fireAll());
    await this.#firing;
  }

  #sleep(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.fireDue()
        .then(() => this.#untilNext())
        .then((next) => this.#sleep(next));
    }, ms);
    this.#timer.unref();
  }

  async #untilNext(): Promise<number> {
    const { store, now } = this.#parts;
    try {
      const first = await store.first(store.sql.selectFrom("triggers").select("next_at").where("next_at", "is not", null).orderBy("next_at").limit(1));
      return first?.next_at ? Math.min(longestSleepMs, Math.max(1_000, Date.parse(first.next_at) - now())) : longestSleepMs;
    } catch {
      return longestSleepMs;
    }
  }

  async #fireAll(): Promise<void> {
    const { store, log, now } = this.#parts;
    try {
      if (now() < this.#lastNow - leaseMs) await this.#realign();
      this.#lastNow = now();
      const due = await store.all(
        store.sql
          .selectFrom("triggers")
          .selectAll()
          .where("enabled", "=", 1)
          .where("next_at", "is not", null)
          .where("next_at", "<=", instant(now()))
          .orderBy("next_at")
          .limit(atOnce),
      );
      for (const row of due) if (!this.#stopped) await this.#fireOne(row);
    } catch (error) {
      log.error({ err: error }, "schedules could not be looked at");
    }
  }

  /** After a start, or when the clock has gone back: no schedule waits longer than its expression says. */
  async #realign(): Promise<void> {
    const { store, now } = this.#parts;
    const later = await store.all(store.sql.selectFrom("triggers").selectAll().where("next_at", ">", instant(now())));
    for (const { id, cron, zone, next_at } of later) {
      const next = nextFirings(cron ?? "", zone ?? "", now(), 1)[0];
      if (next !== undefined && next_at !== null && next < next_at)
        await store.run(store.sql.updateTable("triggers").set({ next_at: next, claimed_until: null }).where("id", "=", id).where("next_at", "=", next_at));
    }
  }

  async #fireOne(row: TriggerRow): Promise<void> {
    const { store, log, now } = this.#parts;
    const { id, next_at: from, cron, zone, missed } = row;
    if (from === null || cron === null || zone === null || missed === null || !(await this.#claim(id, from))) return;
    let stays = false;
    try {
      for (const tick of dueTicks(cron, zone, missed, from, now())) {
        const scope = { schedule: { id, name: row.name, at: tick } };
        const run = await fireTrigger(this.#parts, row, { scope, whole: {}, key: `schedule/${id}/${tick}` });
        log.info({ trigger: id, playbook: row.playbook_id, tick, run }, "a schedule started a run");
      }
    } catch (error) {
      stays = error instanceof ProblemError && passing.has(error.code);
      if (!(error instanceof ProblemError)) await keepProblem(store, row, new ProblemError("internal-error", String(error)), now());
      log.warn({ trigger: id, playbook: row.playbook_id, message: error instanceof Error ? error.message : String(error) }, "a schedule could not start its run");
    }
    const next = stays ? from : (nextFirings(cron, zone, now(), 1)[0] ?? null);
    await store.run(store.sql.updateTable("triggers").set({ next_at: next, claimed_until: null }).where("id", "=", id).where("next_at", "=", from));
  }

  /** Whether this process may fire the row; a claim from a future that a clock has left is void. */
  async #claim(id: string, from: string): Promise<boolean> {
    const { store, now } = this.#parts;
    const until = instant(now() + leaseMs);
    const claimed = await store.run(
      store.sql
        .updateTable("triggers")
        .set({ claimed_until: until })
        .where("id", "=", id)
        .where("next_at", "=", from)
        .where("enabled", "=", 1)
        .where((is) => is.or([is("claimed_until", "is", null), is("claimed_until", "<", instant(now())), is("claimed_until", ">", until)])),
    );
    return claimed === 1;
  }
}
