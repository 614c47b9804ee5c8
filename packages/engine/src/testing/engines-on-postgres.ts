import { compile, foldTrace, type Run, type TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { DistributedEngine, type EngineRole } from "../distributed/distributed-engine.ts";
import type { EngineLimits } from "../embedded/limits.ts";
import { ScriptThreads } from "../embedded/script-threads.ts";
import type { ActionCaller, EngineHost } from "../ports.ts";
import { openPostgres, type PostgresDatabase } from "../postgres/open-postgres.ts";
import { engineMigrations, migrate } from "../store/migrate.ts";
import { freshPostgres } from "./fresh-postgres.ts";

/** Engines of several roles over a database of their own that outlives them. The first one is asked. */
export class EnginesOnPostgres {
  readonly playbooks = new Map<string, Playbook>();
  readonly problems: string[] = [];
  readonly scripts = new ScriptThreads();
  /** Added to the real time. */
  ahead = 0;
  engines: DistributedEngine[] = [];
  database!: PostgresDatabase;
  private drop: () => Promise<void> = () => Promise.resolve();
  private readonly actions: ActionCaller;
  private readonly limits: Partial<EngineLimits>;
  private readonly roles: readonly EngineRole[];

  constructor(actions: ActionCaller, playbooks: readonly Playbook[], limits: Partial<EngineLimits> = {}, roles: readonly EngineRole[] = ["server", "worker", "worker"]) {
    this.actions = actions;
    this.limits = limits;
    this.roles = roles;
    for (const playbook of playbooks) this.playbooks.set(playbook.id, playbook);
  }

  get engine(): DistributedEngine {
    return this.engines[0] as DistributedEngine;
  }

  async open(): Promise<void> {
    const { url, drop } = await freshPostgres();
    this.drop = drop;
    this.database = openPostgres(url, { connections: 2 });
    await migrate(this.database.kysely, engineMigrations);
    await this.reopen();
  }

  async reopen(): Promise<void> {
    await this.stopAll();
    for (const role of this.roles) await this.add(role);
  }

  async add(role: EngineRole, url = this.database.url): Promise<DistributedEngine> {
    const engine = new DistributedEngine({ url }, this.host(), { role, limits: this.limits, connections: 5 });
    this.engines.push(engine);
    await engine.recover();
    return engine;
  }

  /** Stops one of them, and waits so long for what it has in hand. */
  async leave(engine: DistributedEngine, drainMs = 0): Promise<void> {
    this.engines.splice(this.engines.indexOf(engine), 1);
    await engine.stop({ drainMs });
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.engines.splice(0).map((engine) => engine.stop()));
  }

  async remove(): Promise<void> {
    await this.stopAll();
    await this.scripts.close();
    await this.database.close();
    await this.drop();
  }

  async start(playbook: string, input = {}, more: { readonly case?: string; readonly idempotencyKey?: string } = {}): Promise<string> {
    return (await this.engine.start({ playbook, input, trigger: { kind: "manual", by: "ana@qrst.com" }, ...more })).run;
  }

  async finish(playbook: string, input = {}): Promise<Run> {
    return this.engine.ended(await this.start(playbook, input));
  }

  trace(run: string): Promise<readonly TraceEvent[]> {
    return this.engine.trace(run, 0, 1_000_000);
  }

  async folded(run: string): Promise<Run | null> {
    const playbook = this.playbooks.get((await this.engine.run(run))?.playbook.id ?? "");
    return playbook ? foldTrace(compile(playbook), await this.trace(run)) : null;
  }

  /** Resolves with the first entry of this kind, past or to come. */
  async seen(run: string, wanted: (event: TraceEvent) => boolean): Promise<TraceEvent> {
    return new Promise((resolve, reject) => {
      const check = (events: readonly TraceEvent[]): void => {
        const found = events.find(wanted);
        if (!found) return;
        stop();
        resolve(found);
      };
      const stop = this.engine.subscribe((id, events) => {
        if (id === run) check(events);
      });
      this.trace(run).then(check, reject);
    });
  }

  private host(): EngineHost {
    return {
      playbooks: { load: (id, version) => Promise.resolve(this.playbooks.has(id) ? { playbook: this.playbooks.get(id) as Playbook, version: version ?? 1 } : null) },
      actions: this.actions,
      scripts: this.scripts,
      clock: { now: () => Date.now() + this.ahead },
      caseSnapshot: (id) => Promise.resolve({ id, title: `Case ${id}` }),
      onProblem: (problem) => this.problems.push(`${problem.code}: ${problem.message}`),
    };
  }
}
