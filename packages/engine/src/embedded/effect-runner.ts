import { awaitedEffect, type CallActionEffect, type Effect, type Run, type RunInput, type RunScriptEffect, type StartRunEffect } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { callFailed, failureOf } from "../failure.ts";
import type { CallContext, EngineHost } from "../ports.ts";
import { type CallRecord, callRecord, keepsRecords } from "../store/call-record.ts";
import type { InFlight, LiveRun } from "./live-run.ts";
import type { RunLoop } from "./run-loop.ts";
import type { Place, Slots } from "./slots.ts";
import { caseIdOf, type Turn } from "./turn.ts";

/** What the runner hands on to the engine. */
export interface EffectPorts {
  readonly host: EngineHost;
  readonly loop: RunLoop;
  readonly slots: Slots;
  readonly maxOutputBytes: number;
  setTimer(id: string, run: string, at: number): void;
  clearTimer(id: string): void;
  startChild(parent: LiveRun, effect: StartRunEffect): Promise<void>;
  cancelRun(run: string, by: string): void;
}

type OfType<Type extends Effect["type"]> = Effect & { readonly type: Type };
type Starters = { readonly [Type in Effect["type"]]: (live: LiveRun, effect: OfType<Type>, how: How) => void };

/** The place that a call holds already, whether the trace says that it was sent, and the state that asks for it. */
interface How {
  readonly place: Place | null;
  readonly marked: boolean;
  readonly run: Run | null;
}

/** Carries out effects, after the commit that asked for them; what only reads, or only reckons, may begin before. */
export class EffectRunner {
  private readonly ports: EffectPorts;
  private accepting = true;
  /** Calls and scripts that were sent and have no result yet. */
  private sending = 0;
  private whenQuiet: (() => void) | null = null;

  constructor(ports: EffectPorts) {
    this.ports = ports;
  }

  start(live: LiveRun, effect: Effect, how: How = { place: null, marked: false, run: live.run }): void {
    (this.starters[effect.type] as (live: LiveRun, effect: Effect, how: How) => void)(live, effect, how);
  }

  /** Takes a place for a changing call, so that its sent mark can be part of the turn. */
  claim(live: LiveRun, effect: CallActionEffect): Place | null {
    if (!this.accepting || this.ports.host.actions.facts(effect.action)?.effect !== "changes") return null;
    const place = placeOf(live, effect);
    return this.ports.slots.tryTake(place) ? place : null;
  }

  /** Begins what a crash or a refused commit may repeat: scripts, and calls that read and have a place. */
  early(turn: Turn, effects: readonly Effect[]): void {
    const { live, run, early } = turn;
    if (!this.accepting || !run) return;
    for (const effect of effects) {
      if (!this.isHarmless(effect) || !awaitedEffect(run, effect.id)) continue;
      const place = effect.type === "call-action" ? placeOf(live, effect) : null;
      if (place && !this.ports.slots.tryTake(place)) continue;
      early.add(effect.id);
      this.start(live, effect, { place, marked: false, run });
    }
  }

  private isHarmless(effect: Effect): effect is CallActionEffect | RunScriptEffect {
    return effect.type === "run-script" || (effect.type === "call-action" && this.ports.host.actions.facts(effect.action)?.effect === "reads");
  }

  /** Sends nothing new from now on; resolves when what was sent has its result. */
  drain(): Promise<void> {
    this.accepting = false;
    if (this.sending === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenQuiet = resolve;
    });
  }

  /** Gives up what is under way: results that come now are for nobody. */
  abortAll(lives: Iterable<LiveRun>): void {
    for (const live of lives) for (const entry of live.inFlight.values()) entry.controller.abort();
  }

  private readonly starters: Starters = {
    "call-action": (live, effect, { place: held, marked, run }) => {
      const entry = this.enter(live, effect, marked);
      if (held !== null) return this.send(live, effect, entry, held, run);
      const place = placeOf(live, effect);
      const granted = (): void => {
        entry.leave = null;
        if (this.accepting) this.markAndSend(live, effect, entry, place);
      };
      if (this.accepting && this.ports.slots.tryTake(place)) granted();
      else {
        const leave = this.ports.slots.wait(place, granted);
        this.ports.host.observe?.callQueued?.(effect.id, effect.action);
        entry.leave = () => {
          leave();
          this.ports.host.observe?.callDropped?.(effect.id);
        };
      }
    },
    "run-script": (live, effect) => {
      const entry = this.enter(live, effect, false);
      if (!this.accepting) return;
      this.sending += 1;
      const options = { signal: entry.controller.signal, ...(effect.timeoutMs === undefined ? {} : { timeoutMs: effect.timeoutMs }) };
      void this.finish(
        live,
        effect,
        entry,
        this.ports.host.scripts.run(effect.source, effect.input, options).then((output) => ({ output })),
      );
    },
    "start-timer": (live, effect) => this.ports.setTimer(effect.id, live.id, effect.at),
    "open-ask": () => undefined,
    "await-signal": () => undefined,
    "start-run": (live, effect) => {
      const entry = this.enter(live, effect, false);
      if (!this.accepting) return;
      this.ports.startChild(live, effect).catch((error: unknown) => {
        this.deliver(live, effect, entry, (at) => ({ type: "effect-failed", at, effect: effect.id, ...failureOf(error) }));
      });
    },
    "cancel-effect": (live, effect) => {
      this.ports.clearTimer(effect.target);
      this.leave(live, effect.target);
    },
    "cancel-run": (live, effect) => this.ports.cancelRun(effect.target, `run:${live.id}`),
  };

  /** Stops an effect that nobody waits for any more. */
  leave(live: LiveRun, id: string): void {
    const entry = live.inFlight.get(id);
    if (!entry) return;
    live.inFlight.delete(id);
    entry.leave?.();
    if (!entry.settled) entry.controller.abort();
  }

  private enter(live: LiveRun, effect: InFlight["effect"], marked: boolean): InFlight {
    const entry: InFlight = { effect, controller: new AbortController(), marked, settled: false, leave: null };
    live.inFlight.set(effect.id, entry);
    return entry;
  }

  /** A changing call is sent only after its mark is committed; one that reads needs none. */
  private markAndSend(live: LiveRun, effect: CallActionEffect, entry: InFlight, place: Place): void {
    if (entry.marked || this.ports.host.actions.facts(effect.action)?.effect !== "changes") return this.send(live, effect, entry, place, live.run);
    this.ports.loop.push(live, {
      make: (at) => ({ type: "effect-sent", at, effect: effect.id }),
      done: () => {
        entry.marked = true;
        if (this.accepting && live.inFlight.get(effect.id) === entry) this.send(live, effect, entry, place, live.run);
        else this.ports.slots.release(place);
      },
    });
  }

  private send(live: LiveRun, effect: CallActionEffect, entry: InFlight, place: Place, run: Run | null): void {
    this.sending += 1;
    const recorded = keepsRecords(live.row) ? "always" : "when-failed";
    let record: Json | undefined;
    const context: CallContext = {
      run: { id: live.id, playbook: live.row.playbook_id, step: effect.step },
      caseId: (run && caseIdOf(run)) ?? live.row.case_id,
      signal: entry.controller.signal,
      recorded,
      record: (given) => void (record = given),
    };
    this.ports.host.observe?.callStarted?.(effect.id, effect.action);
    let call: Promise<{ readonly output: Json; readonly case?: Json }>;
    try {
      call = this.ports.host.actions.call(effect, context);
    } catch (error) {
      call = Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    void this.finish(live, effect, entry, call, (failed) => (failed || recorded === "always" ? callRecord(effect.id, record) : undefined)).then(() => {
      this.ports.slots.release(place);
    });
  }

  private async finish(
    live: LiveRun,
    effect: CallActionEffect | RunScriptEffect,
    entry: InFlight,
    result: Promise<{ readonly output: Json; readonly case?: Json }>,
    recordOf: (failed: boolean) => CallRecord | undefined = () => undefined,
  ): Promise<void> {
    try {
      const { output, case: snapshot } = await result;
      const kept = this.plain(output);
      this.observeEnd(effect, kept === null ? "failed" : "succeeded");
      this.deliver(
        live,
        effect,
        entry,
        (at) => {
          return kept === null
            ? {
                type: "effect-failed",
                at,
                effect: effect.id,
                error: { code: "output-too-large", message: `The output is larger than ${this.ports.maxOutputBytes} bytes.`, retryable: false },
              }
            : { type: "effect-succeeded", at, effect: effect.id, output: kept.value, ...(snapshot === undefined ? {} : { case: snapshot }) };
        },
        recordOf(kept === null),
      );
    } catch (error) {
      this.observeEnd(effect, "failed");
      this.deliver(
        live,
        effect,
        entry,
        (at) =>
          effect.type === "call-action"
            ? callFailed(effect, error, this.ports.host.actions.facts(effect.action), at)
            : { type: "effect-failed", at, effect: effect.id, ...failureOf(error) },
        recordOf(true),
      );
    }
    this.sending -= 1;
    if (this.sending === 0) this.whenQuiet?.();
  }

  private observeEnd(effect: CallActionEffect | RunScriptEffect, outcome: "succeeded" | "failed"): void {
    if (effect.type === "call-action") this.ports.host.observe?.callEnded?.(effect.id, effect.action, outcome);
  }

  private deliver(live: LiveRun, effect: InFlight["effect"], entry: InFlight, make: (at: number) => RunInput, record?: CallRecord): void {
    entry.settled = true;
    if (live.inFlight.get(effect.id) === entry) this.ports.loop.push(live, { make, answers: effect.id, ...(record ? { record } : {}) });
  }

  /** A copy as JSON would keep it, so that the state in memory is that of the store; null when it is too large. */
  private plain(output: Json): { readonly value: Json } | null {
    const text = JSON.stringify(output ?? null);
    if (text.length > this.ports.maxOutputBytes || (text.length > this.ports.maxOutputBytes / 4 && Buffer.byteLength(text) > this.ports.maxOutputBytes)) return null;
    return { value: JSON.parse(text) as Json };
  }
}

/** Calls without a connection share a place by integration. */
function placeOf(live: LiveRun, effect: CallActionEffect): Place {
  return { connection: effect.connection ?? effect.action.slice(0, effect.action.indexOf(".")), playbook: live.row.playbook_id, run: live.id };
}
