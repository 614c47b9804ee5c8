import { foldOnto, type Plan } from "@drawbridge/interpreter";
import { EngineError } from "../engine-error.ts";
import type { RunRow } from "../store/tables.ts";
import { isIdle, type LiveRun, newLive } from "./live-run.ts";
import type { PlanCache } from "./plan-cache.ts";
import type { RunStore } from "./run-store.ts";

/** How many of the runs that ended last are kept: whoever started a run often asks for its outcome next. Few, so that most runs of a busy engine are gone before the collector first looks. */
const endedKept = 8;

/** The runs in memory: those at work, and some of those that wait or have ended; any other is folded from the store when it is needed. */
export class RunMemory {
  private readonly store: RunStore;
  private readonly plans: PlanCache;
  private readonly mostIdle: number;
  private readonly live = new Map<string, LiveRun>();
  private readonly idle = new Set<LiveRun>();
  private readonly ended = new Set<LiveRun>();
  private readonly loading = new Map<string, Promise<LiveRun>>();
  private trimming = false;

  constructor(store: RunStore, plans: PlanCache, mostIdle: number) {
    this.store = store;
    this.plans = plans;
    this.mostIdle = mostIdle;
  }

  get size(): number {
    return this.live.size;
  }

  atHand(id: string): LiveRun | undefined {
    return this.live.get(id);
  }

  all(): Iterable<LiveRun> {
    return this.live.values();
  }

  /** What the store or the memory knows of the run, the newer of the two. */
  rowOf(id: string): RunRow | null {
    return this.live.get(id)?.row ?? this.store.findRun(id);
  }

  /** A new run. */
  add(id: string, plan: Plan, row: RunRow): LiveRun {
    const live = newLive(id, plan, row);
    this.live.set(id, live);
    return live;
  }

  forget(live: LiveRun): void {
    this.live.delete(live.id);
  }

  /** It has work to do. */
  wake(live: LiveRun): void {
    this.idle.delete(live);
    this.ended.delete(live);
    this.live.set(live.id, live);
  }

  /** It has none for now: it may be left out when others are needed more. */
  rest(live: LiveRun): void {
    if (!isIdle(live)) return;
    if (live.row.ended_at === null) this.keep(live, this.idle, this.mostIdle);
    else this.keepEnded(live);
  }

  obtain(id: string): Promise<LiveRun> {
    const atHand = this.live.get(id);
    if (atHand) return Promise.resolve(atHand);
    const under = this.loading.get(id);
    if (under) return under;
    const loaded = this.load(id)
      .then((live) => {
        this.live.set(id, live);
        this.rest(live);
        return live;
      })
      .finally(() => this.loading.delete(id));
    this.loading.set(id, loaded);
    return loaded;
  }

  private async load(id: string): Promise<LiveRun> {
    const found = this.store.findRun(id);
    if (!found) throw new EngineError("unknown-run", `There is no run ${id}.`);
    const plan = this.plans.known(found.playbook_id, found.playbook_version) ?? (await this.plans.load(found.playbook_id, found.playbook_version)).plan;
    const live = newLive(id, plan, this.store.findRun(id) ?? found);
    live.stored = true;
    const snapshot = this.store.snapshot(id);
    if (snapshot) live.snapshot = { seq: snapshot.run.seq, bytes: snapshot.bytes };
    live.run = foldOnto(plan, snapshot?.run ?? null, this.store.wholeTrace(id, snapshot?.run.seq ?? 0));
    live.lastAt = live.run ? (this.store.events(id, live.run.seq - 1, 1)[0]?.at ?? 0) : 0;
    for (const each of this.store.openAsks(id)) live.asks.set(each.id, each.step);
    for (const each of this.store.openDoubts(id)) live.doubts.set(each.id, each.step);
    return live;
  }

  /** All that ended in one commit stay until whoever waits for them has looked. */
  private keepEnded(live: LiveRun): void {
    this.keep(live, this.ended, Infinity);
    if (this.trimming || this.ended.size <= endedKept) return;
    this.trimming = true;
    setImmediate(() => {
      this.trimming = false;
      this.trim(this.ended, endedKept);
    });
  }

  private keep(live: LiveRun, among: Set<LiveRun>, most: number): void {
    among.delete(live);
    among.add(live);
    this.trim(among, most);
  }

  private trim(among: Set<LiveRun>, most: number): void {
    for (const oldest of among) {
      if (among.size <= most) break;
      among.delete(oldest);
      if (isIdle(oldest)) this.live.delete(oldest.id);
    }
  }
}
