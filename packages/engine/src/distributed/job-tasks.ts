import { awaitedEffect, type CallActionEffect, isDue, isSent, type Run, type RunInput, type RunScriptEffect, type StartRunEffect } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { PlanCache } from "../embedded/plan-cache.ts";
import type { Place, Slots } from "../embedded/slots.ts";
import { EngineError } from "../engine-error.ts";
import { callFailed, failureOf, mayBeSentTwice } from "../failure.ts";
import type { EngineHost } from "../ports.ts";
import { callRecord } from "../store/call-record.ts";
import { refuseEnded } from "../run-requests.ts";
import { timerFired } from "../timer-fired.ts";
import { Abandoned } from "./job-left.ts";
import type { Job, JobTasks } from "./job-runner.ts";
import type { JobPayloads } from "./jobs.ts";
import type { TurnItem } from "./run-turns.ts";

export interface TaskPorts {
  readonly host: EngineHost;
  readonly slots: Slots;
  readonly plans: PlanCache;
  readonly maxOutputBytes: number;
  /** How many calls over one connection may wait for a place here. */
  readonly waitingPerConnection: number;
  current(run: string): Promise<Run | null>;
  /** Resolves when it is stored, however long that takes; rejects when the engine stops, or when the run takes it in no more. */
  deliver(run: string, item: Pick<TurnItem, "make" | "check" | "holds" | "record">): Promise<void>;
  /** Makes the called run, or finds it; its id. */
  called(caller: string, effect: StartRunEffect): Promise<string>;
  findCalled(effect: string): Promise<string | null>;
  postpone(payload: JobPayloads["carry-out"], ms: number): Promise<void>;
}

interface UnderWay {
  readonly run: string;
  readonly controller: AbortController;
  readonly settled: Promise<void>;
}

/** The effect needs nothing more. */
class Over extends Error {
  override readonly name = "Over";
}

/** It was marked as sent by whoever held the job before. */
class SentBefore extends Error {
  override readonly name = "SentBefore";
}

/** How long a call is put off for the first time, in ms; each time twice as long, so that many that wait leave workers time for others. */
const putOffMs = { first: 1_000, most: 30_000 };

/** What workers do with their jobs. A task that ends says that its effect needs no more work; one that throws is given out again. */
export class Tasks {
  private readonly ports: TaskPorts;
  private readonly underWay = new Map<string, UnderWay>();
  private readonly waiting = new Map<string, number>();
  private accepting = true;
  private stopping = false;
  private readonly leaveQueue = new Set<() => void>();

  constructor(ports: TaskPorts) {
    this.ports = ports;
  }

  readonly all: JobTasks = {
    "carry-out": (payload, job) => this.carryOut(payload, job),
    "start-called": (payload) => this.startCalled(payload),
    "fire-timer": async ({ run, timer, at }) => {
      await this.tell(run, (now, state) => timerFired(state, timer, Math.max(now, at), this.ports.host.actions));
    },
    "tell-caller": async ({ caller, effect, called }) => {
      const state = await this.ports.current(called);
      if (!state || state.status === "running" || state.status === "paused") return;
      const { status, outputs, error } = state;
      await this.tell(caller, (at) => ({ type: "child-ended", at, effect, run: called, status, outputs, ...(error ? { error } : {}) }));
    },
    "cancel-called": async ({ called, by }) => {
      await this.tell(called, (at) => ({ type: "cancel-requested", at, by }), refuseEnded);
    },
  };

  /** Sends nothing new. */
  drain(): void {
    this.accepting = false;
    for (const leave of [...this.leaveQueue]) leave();
  }

  /** Gives up what is under way. */
  abandon(): void {
    this.stopping = true;
    for (const { controller } of this.underWay.values()) controller.abort();
  }

  isCarryingOut(run: string): boolean {
    for (const each of this.underWay.values()) if (each.run === run) return true;
    return false;
  }

  /** Stops what the run waits for no more. */
  stopPointless(state: Run | null, run: string): void {
    for (const [effect, each] of this.underWay) if (each.run === run && (!state || awaitedEffect(state, effect) === null)) each.controller.abort();
  }

  private async carryOut(payload: JobPayloads["carry-out"], job: Job): Promise<void> {
    const effect = payload.effect === undefined ? await this.effectOf(payload.run, payload.id) : (JSON.parse(payload.effect) as CallActionEffect | RunScriptEffect);
    if (effect?.type !== "call-action" && effect?.type !== "run-script") return;
    // Others may take this process for dead while it lives, and it may be given its own job again.
    for (let earlier = this.underWay.get(effect.id); earlier; earlier = this.underWay.get(effect.id)) await earlier.settled;
    if (!this.accepting) throw new Abandoned();
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const controller = new AbortController();
    this.underWay.set(effect.id, { run: payload.run, controller, settled });
    try {
      await (effect.type === "call-action" ? this.call(payload, effect, job, controller) : this.script(payload.run, effect, controller));
    } catch (error) {
      if (!(error instanceof Over)) throw error;
    } finally {
      this.underWay.delete(effect.id);
      settle();
    }
  }

  private async call(payload: JobPayloads["carry-out"], effect: CallActionEffect, job: Job, controller: AbortController): Promise<void> {
    const connection = effect.connection ?? effect.action.slice(0, effect.action.indexOf("."));
    const place: Place = { connection, playbook: payload.playbook, run: payload.run };
    if (!(await this.takePlace(payload, effect, place, controller.signal))) return;
    try {
      if (!this.accepting) throw new Abandoned();
      const facts = this.ports.host.actions.facts(effect.action);
      if (job.attempts > 1 || payload.effect === undefined) await this.refuseIfOver(payload.run, effect.id);
      if (facts?.effect === "changes" && !(await this.mark(payload.run, effect, job))) return;
      if (!this.accepting && facts?.effect !== "changes") throw new Abandoned();
      await this.ports.deliver(payload.run, await this.send(payload, effect, controller)).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    } finally {
      this.ports.slots.release(place);
    }
  }

  private async send(payload: JobPayloads["carry-out"], effect: CallActionEffect, controller: AbortController): Promise<Pick<TurnItem, "make" | "record">> {
    const { host } = this.ports;
    let given: Json | undefined;
    const recorded = payload.recorded ? "always" : "when-failed";
    const made = (make: TurnItem["make"], failed: boolean) => {
      const record = failed || recorded === "always" ? callRecord(effect.id, given) : undefined;
      return { make, ...(record ? { record } : {}) };
    };
    const context = {
      run: { id: payload.run, playbook: payload.playbook, step: effect.step },
      caseId: payload.case,
      signal: controller.signal,
      recorded,
      record: (record: Json) => void (given = record),
    } as const;
    host.observe?.callStarted?.(effect.id, effect.action);
    try {
      const { output, case: snapshot } = await host.actions.call(effect, context);
      const succeeded = this.succeeded(effect.id, output, snapshot);
      const failed = succeeded(0).type !== "effect-succeeded";
      host.observe?.callEnded?.(effect.id, effect.action, failed ? "failed" : "succeeded");
      return made(succeeded, failed);
    } catch (error) {
      host.observe?.callEnded?.(effect.id, effect.action, "failed");
      if (this.stopping && controller.signal.aborted) throw new Abandoned();
      return made((at) => callFailed(effect, error, host.actions.facts(effect.action), at), true);
    }
  }

  private async script(run: string, effect: RunScriptEffect, controller: AbortController): Promise<void> {
    let input: (at: number) => RunInput;
    try {
      const options = { signal: controller.signal, ...(effect.timeoutMs === undefined ? {} : { timeoutMs: effect.timeoutMs }) };
      input = this.succeeded(effect.id, await this.ports.host.scripts.run(effect.source, effect.input, options), undefined);
    } catch (error) {
      if (this.stopping && controller.signal.aborted) throw new Abandoned();
      input = (at) => ({ type: "effect-failed", at, effect: effect.id, ...failureOf(error) });
    }
    await this.tell(run, input);
  }

  private succeeded(effect: string, output: Json, snapshot: Json | undefined): (at: number) => RunInput {
    const text = JSON.stringify(output ?? null);
    const most = this.ports.maxOutputBytes;
    if (text.length > most || (text.length > most / 4 && Buffer.byteLength(text) > most)) {
      const error = { code: "output-too-large", message: `The output is larger than ${most} bytes.`, retryable: false };
      return (at) => ({ type: "effect-failed", at, effect, error });
    }
    const kept = JSON.parse(text) as Json;
    return (at) => ({ type: "effect-succeeded", at, effect, output: kept, ...(snapshot === undefined ? {} : { case: snapshot }) });
  }

  /** Marks the call as sent; false when it is in doubt now, since somebody may have sent it before. */
  private async mark(run: string, effect: CallActionEffect, job: Job): Promise<boolean> {
    const holds = { job: job.id, pool: job.pool };
    try {
      await this.ports.deliver(run, {
        make: (at) => ({ type: "effect-sent", at, effect: effect.id }),
        check: (state) => {
          refuseOver(state, effect.id);
          if (isSent(state, effect.id)) throw new SentBefore();
        },
        holds,
      });
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      if (!(error instanceof SentBefore)) throw error;
      if (mayBeSentTwice(this.ports.host.actions.facts(effect.action))) return true;
      await this.tell(
        run,
        (at) => ({ type: "doubt-raised", at, effect: effect.id }),
        (state) => refuseOver(state, effect.id),
        holds,
      );
      return false;
    }
  }

  /** False when the job was put off: too many calls wait for this connection here already. */
  private async takePlace(payload: JobPayloads["carry-out"], effect: CallActionEffect, place: Place, signal: AbortSignal): Promise<boolean> {
    const { slots, host } = this.ports;
    if (slots.tryTake(place)) return true;
    const waiting = this.waiting.get(place.connection) ?? 0;
    if (waiting >= this.ports.waitingPerConnection) {
      const { putOff = 0 } = payload;
      const ms = Math.min(putOffMs.first * 2 ** putOff, putOffMs.most);
      await this.ports.postpone({ ...payload, putOff: putOff + 1 }, ms * (0.5 + Math.random() / 2));
      return false;
    }
    this.waiting.set(place.connection, waiting + 1);
    host.observe?.callQueued?.(effect.id, effect.action);
    try {
      await new Promise<void>((granted, refused) => {
        const cleanUp = (): void => {
          this.leaveQueue.delete(abandon);
          signal.removeEventListener("abort", over);
        };
        const leave = slots.wait(place, () => {
          cleanUp();
          granted();
        });
        const giveUp = (reason: Error): void => {
          cleanUp();
          leave();
          host.observe?.callDropped?.(effect.id);
          refused(reason);
        };
        const abandon = (): void => giveUp(new Abandoned());
        const over = (): void => giveUp(this.stopping ? new Abandoned() : new Over());
        this.leaveQueue.add(abandon);
        signal.addEventListener("abort", over);
      });
      return true;
    } finally {
      const left = (this.waiting.get(place.connection) ?? 1) - 1;
      if (left > 0) this.waiting.set(place.connection, left);
      else this.waiting.delete(place.connection);
    }
  }

  /** A called run is made once for each effect, however often it is asked for. */
  private async startCalled(payload: JobPayloads["start-called"]): Promise<void> {
    const effect = payload.effect === undefined ? await this.effectOf(payload.run, payload.id) : (JSON.parse(payload.effect) as StartRunEffect);
    const state = await this.ports.current(payload.run);
    const awaited = state !== null && awaitedEffect(state, payload.id) !== null;
    if (!awaited && (effect?.type !== "start-run" || !effect.detached)) return this.cancelCalled(payload);
    if (effect?.type !== "start-run") return;
    let called: string;
    try {
      called = await this.ports.called(payload.run, effect);
    } catch (error) {
      if (error instanceof Abandoned) throw error;
      return this.tell(payload.run, (at) => ({ type: "effect-failed", at, effect: effect.id, ...failureOf(error) }));
    }
    let over = false;
    await this.tell(
      payload.run,
      (at) => ({ type: "child-started", at, effect: effect.id, run: called }),
      (run) => {
        over = !effect.detached && awaitedEffect(run, effect.id) === null;
      },
    );
    if (over) return this.cancelCalled(payload);
    // It may have ended, and told so, before its caller knew of it.
    await this.all["tell-caller"]({ caller: payload.run, effect: effect.id, called }, noJob);
  }

  private async cancelCalled({ run, id }: JobPayloads["start-called"]): Promise<void> {
    const called = await this.ports.findCalled(id);
    if (called !== null) await this.all["cancel-called"]({ called, by: `run:${run}` }, noJob);
  }

  private async effectOf(run: string, id: string) {
    const state = await this.ports.current(run);
    return state ? awaitedEffect(state, id) : null;
  }

  private async refuseIfOver(run: string, effect: string): Promise<void> {
    const state = await this.ports.current(run);
    if (!state) throw new Over();
    refuseOver(state, effect);
  }

  /** A run that is no more, or takes this in no more, needs not hear it. */
  private async tell(run: string, make: TurnItem["make"], check?: (run: Run) => void, holds?: TurnItem["holds"]): Promise<void> {
    try {
      await this.ports.deliver(run, { make, ...(check ? { check } : {}), ...(holds ? { holds } : {}) });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

const noJob: Job = { id: "", pool: "", attempts: 1 };

function isGone(error: unknown): boolean {
  return error instanceof Over || (error instanceof EngineError && (error.code === "unknown-run" || error.code === "run-ended"));
}

/** Awaited, and not in doubt. */
function refuseOver(run: Run, effect: string): void {
  if (!isDue(run, effect)) throw new Over();
}
