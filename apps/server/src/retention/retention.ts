import { setImmediate } from "node:timers/promises";
import type { Audit } from "../audit/audit.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/store.ts";
import type { PlaybookSettings, SettingsShelf } from "./settings-shelf.ts";

interface RetentionHost {
  readonly store: Store;
  readonly settings: SettingsShelf;
  readonly audit: Audit;
  readonly log: Log;
  readonly now: () => number;
  readonly deleteRuns: (families: readonly (readonly string[])[]) => Promise<readonly string[]>;
}

type Kept = Pick<PlaybookSettings, "keepDays" | "keepRuns">;

const mostCounted = 10_000;
const everyMs = 3_600_000;
const batch = 200;
const dayMs = 86_400_000;

/** Deletes ended runs that are older or more than the settings keep; never an open run, nor one whose case is open. */
export class Retention {
  readonly #host: RetentionHost;
  #timer: NodeJS.Timeout | null = null;
  #under: Promise<void> | null = null;
  #stopped = false;

  constructor(host: RetentionHost) {
    this.#host = host;
  }

  start(): void {
    this.#timer = setInterval(() => void this.sweep().catch((error: unknown) => this.#host.log.error({ err: error }, "runs could not be deleted by retention")), everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#under?.catch(() => undefined);
  }

  /** Resolves when all that is over is gone; one at a time. */
  sweep(): Promise<void> {
    return (this.#under ??= this.#sweepAll().finally(() => (this.#under = null)));
  }

  async #sweepAll(): Promise<void> {
    const { store } = this.#host;
    for (const { playbook_id } of await store.all(store.sql.selectFrom("runs").select("playbook_id").distinct())) if (!this.#stopped) await this.#sweepPlaybook(playbook_id);
  }

  async #sweepPlaybook(playbook: string): Promise<void> {
    const { settings, audit } = this.#host;
    const gone: string[] = [];
    for await (const families of this.#over(playbook, settings.inForce(playbook))) gone.push(...(await this.#host.deleteRuns(families)));
    gone.sort();
    if (gone[0] !== undefined) await audit.write("retention", "runs-deleted", { playbook, count: gone.length, from: gone[0], to: gone.at(-1) ?? gone[0] });
  }

  /** How many runs a sweep would delete if a playbook, or the default for all, kept this much. */
  async wouldDelete(kept: Kept, playbook?: string): Promise<{ readonly runs: number; readonly more: boolean }> {
    const { store, settings } = this.#host;
    const all = settings.of();
    const asked: readonly (readonly [string, Kept])[] =
      playbook === undefined
        ? (await store.all(store.sql.selectFrom("runs").select("playbook_id").distinct())).map(({ playbook_id }) => [playbook_id, either(settings.of(playbook_id), kept)])
        : [[playbook, either(kept, all)]];
    let runs = 0;
    for (const [id, limits] of asked) {
      for await (const families of this.#over(id, limits)) {
        runs += families.reduce((sum, family) => sum + family.length, 0);
        if (runs >= mostCounted) return { runs: mostCounted, more: true };
      }
    }
    return { runs, more: false };
  }

  /** The families of runs over the limits, oldest first, in batches. */
  async *#over(playbook: string, { keepDays, keepRuns }: Kept): AsyncGenerator<readonly (readonly string[])[]> {
    if (keepDays === null && keepRuns === null) return;
    const cutoff = keepDays === null ? "" : new Date(this.#host.now() - keepDays * dayMs).toISOString();
    const lastOver = keepRuns === null ? "" : await this.#lastOver(playbook, keepRuns);
    for (let after = ""; !this.#stopped;) {
      const roots = await this.#due(playbook, cutoff, lastOver, after);
      const last = roots.at(-1);
      if (last === undefined) return;
      const families: (readonly string[])[] = [];
      for (const root of roots) families.push(await this.#family(root));
      yield families.filter((family) => family.length > 0);
      after = last;
      await setImmediate();
    }
  }

  #ended(playbook: string) {
    return this.#host.store.sql.selectFrom("runs").select("id").where("playbook_id", "=", playbook).where("parent_run", "is", null).where("ended_at", "is not", null);
  }

  async #lastOver(playbook: string, keep: number): Promise<string> {
    return (await this.#host.store.first(this.#ended(playbook).orderBy("id", "desc").limit(1).offset(keep)))?.id ?? "";
  }

  async #due(playbook: string, cutoff: string, lastOver: string, after: string): Promise<string[]> {
    const rows = await this.#host.store.all(
      this.#ended(playbook)
        .where("id", ">", after)
        .where((where) => where.or([where("ended_at", "<", cutoff), where("id", "<=", lastOver)]))
        .orderBy("id")
        .limit(batch),
    );
    return rows.map(({ id }) => id);
  }

  /** The run and all that it called; none when any of them, or its case, is open. */
  async #family(root: string): Promise<readonly string[]> {
    const { store } = this.#host;
    const family: string[] = [];
    for (let level = [root]; level.length > 0;) {
      const rows = await store.all(
        store.sql
          .selectFrom("runs")
          .leftJoin("cases", "cases.id", "runs.case_id")
          .select(["runs.id", "runs.ended_at", "cases.status as case_status"])
          .where("runs.id", "in", level),
      );
      if (rows.some((row) => row.ended_at === null || (row.case_status !== null && row.case_status !== "closed"))) return [];
      family.push(...level);
      level = (await store.all(store.sql.selectFrom("runs").select("id").where("parent_run", "in", level))).map(({ id }) => id);
    }
    return family;
  }
}

const either = (first: Kept, second: Kept): Kept => ({ keepDays: first.keepDays ?? second.keepDays, keepRuns: first.keepRuns ?? second.keepRuns });
