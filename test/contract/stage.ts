import { type Service, startService } from "@drawbridge/engine/testing";
import { foldTrace, type Run, type StepState, stepOf, type TraceEvent } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { afterAll, beforeAll } from "vitest";
import { actionsOf } from "./actions-of.ts";
import type { ContractEngine, ContractSubject, ContractWorld, WorldOptions } from "./subject.ts";

type Named = { readonly [key: string]: Json };
type EventOf<Type extends TraceEvent["type"]> = Extract<TraceEvent, { readonly type: Type }>;

/** A world and its vendor for the cases of one `describe`. Its engines are asked in turn, so that what one takes in another tells. */
export class Stage {
  service!: Service;
  world!: ContractWorld;
  private turn = 0;

  next(): ContractEngine {
    const { engines } = this.world;
    this.turn += 1;
    return engines[this.turn % engines.length] as ContractEngine;
  }

  async start(playbook: string, input: Named = {}, more: { readonly case?: string; readonly idempotencyKey?: string; readonly version?: number } = {}): Promise<string> {
    return (await this.next().start({ playbook, input, trigger: { kind: "manual", by: "ana@qrst.com" }, ...more })).run;
  }

  ended(run: string): Promise<Run> {
    return this.next().ended(run);
  }

  async finish(playbook: string, input: Named = {}): Promise<Run> {
    return this.ended(await this.start(playbook, input));
  }

  async run(id: string): Promise<Run> {
    const run = await this.next().run(id);
    if (!run) throw new Error(`There is no run ${id}.`);
    return run;
  }

  trace(run: string): Promise<readonly TraceEvent[]> {
    return this.next().trace(run, 0, 1_000_000);
  }

  /** The trace's entries of one type. */
  async entries<Type extends TraceEvent["type"]>(run: string, type: Type): Promise<readonly EventOf<Type>[]> {
    return (await this.trace(run)).filter((event): event is EventOf<Type> => event.type === type);
  }

  async step(run: string, id: string): Promise<StepState> {
    const state = await this.run(run);
    return stepOf(state, this.world.host.planOf(state.playbook), id);
  }

  /** What the trace alone says of the run. */
  async folded(run: string): Promise<Run | null> {
    const { playbook } = await this.run(run);
    return foldTrace(this.world.host.planOf(playbook), await this.trace(run));
  }

  /** Resolves with the first entry of this type, past or to come. */
  seen<Type extends TraceEvent["type"]>(run: string, type: Type): Promise<EventOf<Type>> {
    const engine = this.next();
    return new Promise((resolve, reject) => {
      const check = (events: readonly TraceEvent[]): void => {
        const found = events.find((event): event is EventOf<Type> => event.type === type);
        if (!found) return;
        stop();
        resolve(found);
      };
      const stop = engine.subscribe((id, events) => {
        if (id === run) check(events);
      });
      engine.trace(run, 0, 1_000_000).then(check, reject);
    });
  }

  /** What the vendor was asked at this path. */
  sentTo(path: string): Service["requests"] {
    return this.service.requests.filter((each) => each.path === path);
  }

  row(run: string) {
    return this.world.store.selectFrom("runs").selectAll().where("id", "=", run).executeTakeFirstOrThrow();
  }

  calledBy(run: string) {
    return this.world.store.selectFrom("runs").selectAll().where("parent_run", "=", run).orderBy("id").execute();
  }

  async crashAndOpen(): Promise<void> {
    await this.world.crash();
    await this.world.open();
  }
}

/** Sets a stage up before the cases that follow, and takes it down after them. */
export function stageFor(subject: ContractSubject, options: Omit<WorldOptions, "actions">): Stage {
  const stage = new Stage();
  beforeAll(async () => {
    stage.service = await startService();
    stage.world = await subject.open({ ...options, actions: actionsOf(stage.service.url) });
  });
  afterAll(async () => {
    await stage.world.close();
    await stage.service.close();
  });
  return stage;
}
