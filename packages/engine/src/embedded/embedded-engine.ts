import { awaitedEffect, effectsDue, type Instead, type Run, type RunInput, sentEffects, type StartRunEffect, type TraceEvent, type Trigger } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { EngineError } from "../engine-error.ts";
import { mayBeSentTwice } from "../failure.ts";
import { inputProblem } from "../input-problem.ts";
import type { Engine, EngineHost, RunListener, StartRequest } from "../ports.ts";
import { toAnswer, toCancel, toDecideDoubt, toPause, toRerun, toResume, toSignal } from "../run-requests.ts";
import { rowBefore } from "../store/row-before.ts";
import { newRunId, runOfEffect } from "../store/run-id.ts";
import { timerFired } from "../timer-fired.ts";
import type { RunRow } from "../store/tables.ts";
import { EffectRunner } from "./effect-runner.ts";
import { type InboxItem, isIdle, type LiveRun } from "./live-run.ts";
import { type EngineLimits, engineLimits } from "./limits.ts";
import type { Database } from "./open-database.ts";
import { PlanCache } from "./plan-cache.ts";
import { RunLoop } from "./run-loop.ts";
import { RunMemory } from "./run-memory.ts";
import { type CalledRun, RunStore } from "./run-store.ts";
import { Slots } from "./slots.ts";
import { Snapshots } from "./snapshots.ts";
import { Timers } from "./timers.ts";
import type { ClosedTurn } from "./turn.ts";

type Named = { readonly [key: string]: Json };

/** What runs of this process are doing. */
export interface EngineGauges {
  readonly inMemory: number;
  readonly calls: number;
  readonly callsQueued: number;
  readonly backlog: number;
  readonly timers: number;
  readonly commits: number;
  readonly turns: number;
  readonly storeAvailable: boolean;
  /** Processes that carry out work, as this one knows. */
  readonly workers: number;
}

/** The engine of one process over one SQLite file. The database must be migrated with `engineMigrations`. */
export class EmbeddedEngine implements Engine {
  private readonly host: EngineHost;
  private readonly limits: EngineLimits;
  private readonly store: RunStore;
  private readonly plans: PlanCache;
  private readonly slots: Slots;
  private readonly loop: RunLoop;
  private readonly effects: EffectRunner;
  private readonly timers: Timers;
  private readonly memory: RunMemory;
  private readonly snapshots: Snapshots;
  private readonly starting = new Map<string, Promise<{ readonly run: string }>>();
  private readonly listeners = new Set<RunListener>();
  private readonly awaitingEnd = new Map<string, ((run: Run) => void)[]>();
  /** Runs that are being deleted: they take nothing in any more. */
  private readonly deleting = new Set<string>();
  private stopped = false;

  constructor(database: Pick<Database, "raw">, host: EngineHost, limits: Partial<EngineLimits> = {}) {
    this.host = host;
    this.limits = { ...engineLimits, ...limits };
    this.store = new RunStore(database.raw, this.limits.storeBusyMs);
    this.plans = new PlanCache(host.playbooks);
    this.memory = new RunMemory(this.store, this.plans, this.limits.idleInMemory);
    this.snapshots = new Snapshots(this.store);
    this.slots = new Slots({ total: this.limits.calls, perConnection: this.limits.callsPerConnection, ofPlaybook: (playbook) => host.callsOf?.(playbook) ?? null });
    this.timers = new Timers(host.clock, (timer) => this.timerDue(timer.id, timer.run, timer.at));
    this.loop = new RunLoop(this.store, {
      now: () => host.clock.now(),
      claim: (live, effect) => this.effects.claim(live, effect),
      releaseClaim: (place) => this.slots.release(place),
      early: (turn, effects) => this.effects.early(turn, effects),
      abandon: (live, effects) => {
        for (const id of effects) this.effects.leave(live, id);
      },
      committed: (turn, events) => this.committed(turn, events),
      measured: (turns, ms) => host.observe?.committed?.(turns, ms),
      problem: (code, message, run) => this.problem(code, message, run),
    });
    this.effects = new EffectRunner({
      host,
      loop: this.loop,
      slots: this.slots,
      maxOutputBytes: this.limits.outputBytes,
      setTimer: (id, run, at) => this.timers.set({ id, run, at }),
      clearTimer: (id) => this.timers.clear(id),
      startChild: (parent, effect) => this.startChild(parent, effect),
      cancelRun: (run, by) => void this.deliver(run, { make: (at) => ({ type: "cancel-requested", at, by }) }),
    });
  }

  get gauges(): EngineGauges {
    const { commits, turns } = this.loop.counts;
    return {
      inMemory: this.memory.size,
      calls: this.slots.busy,
      callsQueued: this.slots.queued,
      backlog: this.loop.backlog,
      timers: this.timers.size,
      commits,
      turns,
      storeAvailable: this.loop.available,
      workers: 1,
    };
  }

  async start(request: StartRequest): Promise<{ readonly run: string }> {
    const key = request.idempotencyKey === undefined ? null : `key/${request.idempotencyKey}`;
    return this.once(key, () => {
      this.refuseWhenFull();
      return this.begin(request, key, null);
    });
  }

  async answer(effect: string, answer: string, values: Named, by: string): Promise<void> {
    await this.ask(runOfEffect(effect), "ask-closed", ({ plan }) => toAnswer(plan, effect, answer, values, by));
  }

  async signal(run: string, signal: string, data: Json): Promise<void> {
    await this.ask(run, "unknown-run", () => toSignal(signal, data));
  }

  async cancel(run: string, by: string, reason?: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toCancel(by, reason));
  }

  async pause(run: string, by: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toPause(by));
  }

  async resume(run: string, by: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toResume(by));
  }

  async decideDoubt(run: string, effect: string, decision: "retry" | "done" | "skip", output: Json | undefined, by: string): Promise<void> {
    await this.ask(run, "unknown-run", () => toDecideDoubt(effect, decision, output, by));
  }

  async rerun(run: string, step: string, input: Named | undefined, by: string, instead?: { readonly [step: string]: Instead }): Promise<void> {
    await this.ask(run, "unknown-run", ({ plan }) => toRerun(plan, step, input, by, instead));
  }

  async caseChanged(caseId: string, snapshot: Json): Promise<void> {
    await Promise.all(this.store.openRunsOfCase(caseId).map((run) => this.deliver(run, { make: (at) => ({ type: "case-changed", at, case: snapshot }) })));
  }

  trace(run: string, fromSeq: number, limit: number): Promise<readonly TraceEvent[]> {
    return Promise.resolve(this.store.events(run, fromSeq, limit));
  }

  async run(id: string): Promise<Run | null> {
    return this.memory.rowOf(id) ? (await this.memory.obtain(id)).run : null;
  }

  payload(run: string, hash: string): Promise<Json | undefined> {
    return Promise.resolve(this.store.payload(run, hash));
  }

  callRecord(run: string, effect: string): Promise<Json | undefined> {
    return Promise.resolve(this.store.callRecord(run, effect));
  }

  async ended(run: string): Promise<Run> {
    const row = this.memory.rowOf(run);
    if (!row) throw new EngineError("unknown-run", `There is no run ${run}.`);
    if (row.ended_at !== null) {
      const state = await this.run(run);
      if (state) return state;
    }
    return new Promise((resolve) => {
      const known = this.awaitingEnd.get(run);
      if (known) known.push(resolve);
      else this.awaitingEnd.set(run, [resolve]);
    });
  }

  /** Deletes families of runs that have all ended, callers before those they called; tells which it deleted. */
  async deleteRuns(families: readonly (readonly string[])[]): Promise<readonly string[]> {
    const over = (id: string): boolean => {
      const live = this.memory.atHand(id);
      return (!live || isIdle(live)) && typeof this.memory.rowOf(id)?.ended_at === "string";
    };
    const ids = families.filter((family) => family.every(over)).flat();
    for (const id of ids) this.deleting.add(id);
    try {
      await this.store.deleteRuns(ids, new Date(this.host.clock.now()).toISOString());
      for (const id of ids) {
        const live = this.memory.atHand(id);
        if (live) this.memory.forget(live);
      }
      return ids;
    } finally {
      for (const id of ids) this.deleting.delete(id);
    }
  }

  subscribe(listener: RunListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async recover(): Promise<{ readonly open: number; readonly resumed: number }> {
    for (const timer of this.store.timers()) this.timers.set(timer);
    let resumed = 0;
    for (const row of this.store.runsInFlight()) {
      try {
        this.takeUp(await this.memory.obtain(row.id));
        resumed += 1;
      } catch (error) {
        this.problem("recovery-failed", error instanceof Error ? error.message : String(error), row.id);
      }
    }
    await this.reconcileCalls();
    return { open: this.store.openRuns(), resumed };
  }

  async stop({ drainMs = 0 }: { readonly drainMs?: number } = {}): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.timers.stop();
    const drained = this.effects.drain();
    if (drainMs > 0) {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([drained, new Promise((resolve) => (timer = setTimeout(resolve, drainMs)))]);
      clearTimeout(timer);
    }
    await this.loop.stop();
    this.effects.abortAll(this.memory.all());
    await this.store.close();
  }

  /** The same key twice at once gives one run. */
  private once(key: string | null, begin: () => Promise<{ readonly run: string }>): Promise<{ readonly run: string }> {
    if (key === null) return begin();
    const known = this.store.findByStartKey(key);
    if (known) return Promise.resolve({ run: known.id });
    const under = this.starting.get(key);
    if (under) return under;
    const started = begin().finally(() => this.starting.delete(key));
    this.starting.set(key, started);
    return started;
  }

  private refuseWhenFull(): void {
    this.refuseWhenStopped();
    if (this.slots.queued + this.loop.backlog >= this.limits.queued) throw new EngineError("queue-full", "Too much work is waiting; try again later.");
  }

  private refuseWhenStopped(): void {
    if (this.stopped) throw new EngineError("stopped", "The engine takes no more work.");
    if (!this.loop.available) throw new EngineError("store-unavailable", "The store takes no changes at the moment.");
  }

  private async begin(request: StartRequest, startKey: string | null, under: { readonly run: string; readonly step: string } | null): Promise<{ readonly run: string }> {
    const { plan, version } = await this.plans.load(request.playbook, request.version);
    const problem = inputProblem(plan.playbook, request.input);
    if (problem) throw new EngineError("invalid-input", problem.message, { details: { pointer: problem.pointer } });
    const snapshot = request.case === undefined ? null : await this.host.caseSnapshot(request.case);
    const id = newRunId(this.host.clock.now());
    const live = this.memory.add(id, plan, rowBefore(id, version, request, startKey, under));
    const input = (at: number): RunInput => ({
      type: "run-started",
      at,
      run: id,
      playbook: { id: request.playbook, version },
      input: request.input,
      trigger: request.trigger,
      case: snapshot,
    });
    try {
      await this.give(live, { make: input });
    } catch (error) {
      this.memory.forget(live);
      throw error;
    }
    return { run: id };
  }

  /** A called run is made once for each effect, however often it is asked for. */
  private async startChild(parent: LiveRun, effect: StartRunEffect): Promise<void> {
    const startKey = `effect/${effect.id}`;
    const trigger: Trigger = { kind: "call", parent: { run: parent.id, step: effect.step } };
    this.refuseTooDeep(parent.row);
    const { run } = await this.once(startKey, () =>
      this.begin({ playbook: effect.playbook, input: effect.input, trigger, ...(effect.case === null ? {} : { case: effect.case }) }, startKey, {
        run: parent.id,
        step: effect.step,
      }),
    );
    if (!effect.detached && !parent.inFlight.has(effect.id)) return this.deliver(run, { make: (at) => ({ type: "cancel-requested", at, by: `run:${parent.id}` }) });
    await this.deliver(parent.id, { make: (at) => ({ type: "child-started", at, effect: effect.id, run }) });
    const row = this.memory.rowOf(run);
    if (row?.ended_at === null || !row) return;
    const state = await this.run(run);
    if (state) this.tellParent(row, state);
  }

  private refuseTooDeep(row: RunRow): void {
    let above: RunRow | null = row;
    for (let depth = 1; above?.parent_run; depth += 1) {
      if (depth >= this.limits.callDepth) throw new EngineError("call-too-deep", `Playbooks call each other more than ${this.limits.callDepth} deep.`);
      above = this.store.findRun(above.parent_run);
    }
  }

  private tellParent(row: RunRow, run: Run): void {
    if (row.parent_run === null || row.start_key === null) return;
    const effect = row.start_key.slice("effect/".length);
    const { status, outputs, error } = run;
    if (status === "running" || status === "paused") return;
    void this.deliver(row.parent_run, { make: (at) => ({ type: "child-ended", at, effect, run: run.id, status, outputs, ...(error ? { error } : {}) }) });
  }

  private async ask(run: string, unknown: "unknown-run" | "ask-closed", item: (live: LiveRun) => Omit<InboxItem, "done" | "failed">): Promise<void> {
    this.refuseWhenStopped();
    if (this.deleting.has(run) || !this.memory.rowOf(run)) throw new EngineError(unknown, `There is no run ${run}.`);
    const live = await this.memory.obtain(run);
    await this.give(live, item(live));
  }

  /** Resolves when what the item led to is committed. */
  private give(live: LiveRun, item: Omit<InboxItem, "done" | "failed">): Promise<void> {
    return new Promise((done, failed) => {
      this.push(live, { ...item, done, failed });
    });
  }

  /** For what no caller waits for: given again until the store takes it. */
  private async deliver(run: string, item: Omit<InboxItem, "done" | "failed">): Promise<void> {
    try {
      const live = await this.memory.obtain(run);
      await new Promise<void>((done) => this.push(live, { ...item, done }));
    } catch (error) {
      this.problem("delivery-failed", error instanceof Error ? error.message : String(error), run);
    }
  }

  private push(live: LiveRun, item: InboxItem): void {
    this.memory.wake(live);
    this.loop.push(live, item);
  }

  /** Continues a run whose process ended: what was certainly not sent, or may be sent twice, is sent; the rest is in doubt. */
  private takeUp(live: LiveRun): void {
    if (!live.run) return;
    this.memory.wake(live);
    const sent = sentEffects(live.run);
    for (const effect of effectsDue(live.plan, live.run)) {
      if (effect.type === "call-action" && sent.has(effect.id) && !mayBeSentTwice(this.host.actions.facts(effect.action))) {
        this.push(live, { make: (at) => ({ type: "doubt-raised", at, effect: effect.id }) });
      } else if (effect.type !== "start-timer" || effect.purpose === "timeout") {
        this.effects.start(live, effect, { place: null, marked: sent.has(effect.id), run: live.run });
      }
    }
    this.memory.rest(live);
  }

  /** What a caller and the run that it called have yet to hear of each other: that one has ended, or waits no more. */
  private async reconcileCalls(): Promise<void> {
    for (const called of this.store.calledRuns()) {
      try {
        await this.reconcile(called);
      } catch (error) {
        this.problem("recovery-failed", error instanceof Error ? error.message : String(error), called.id);
      }
    }
  }

  private async reconcile({ id, parent, playbook, version, step, effect, open, parentOpen }: CalledRun): Promise<void> {
    const { plan } = await this.plans.load(playbook, version);
    const call = plan.playbook.steps[step];
    const detached = call?.kind === "call" && call.detached === true;
    if (detached) return;
    const caller = parentOpen ? (await this.memory.obtain(parent)).run : null;
    const awaited = caller !== null && awaitedEffect(caller, effect) !== null;
    if (open && !awaited) void this.deliver(id, { make: (at) => ({ type: "cancel-requested", at, by: `run:${parent}` }) });
    const row = open || !awaited ? null : this.memory.rowOf(id);
    const state = row && (await this.run(id));
    if (row && state) this.tellParent(row, state);
  }

  private timerDue(id: string, run: string, at: number): void {
    const row = this.memory.rowOf(run);
    if (row?.ended_at === null) void this.deliver(run, { make: (now, state) => timerFired(state, id, Math.max(now, at), this.host.actions) });
  }

  private committed(turn: ClosedTurn, events: readonly TraceEvent[]): void {
    const { live, effects, marked, early, closed } = turn;
    if (events.length > 0) this.tell(live.id, events);
    const gone = new Set(closed);
    for (const id of closed) this.effects.leave(live, id);
    for (const effect of effects) {
      const place = marked.get(effect.id) ?? null;
      if (!gone.has(effect.id) && !early.has(effect.id)) this.effects.start(live, effect, { place, marked: place !== null, run: live.run });
      else if (place !== null) this.slots.release(place);
    }
    if (live.row.ended_at !== null && live.run) this.finished(live, live.run, events);
    else this.memory.rest(live);
    this.snapshots.consider(live, live.row.ended_at !== null || isIdle(live));
  }

  private finished(live: LiveRun, run: Run, events: readonly TraceEvent[]): void {
    this.timers.clearRun(live.id);
    if (events.length > 0) {
      this.host.observe?.runEnded?.(live.id, run.seq);
      for (const resolve of this.awaitingEnd.get(live.id) ?? []) resolve(run);
      this.awaitingEnd.delete(live.id);
      this.tellParent(live.row, run);
    }
    this.memory.rest(live);
  }

  private tell(run: string, events: readonly TraceEvent[]): void {
    for (const listener of this.listeners) {
      try {
        listener(run, events);
      } catch (error) {
        this.problem("listener-failed", error instanceof Error ? error.message : String(error), run);
      }
    }
  }

  private problem(code: string, message: string, run?: string): void {
    this.host.onProblem?.({ code, message, ...(run === undefined ? {} : { run }) });
  }
}
