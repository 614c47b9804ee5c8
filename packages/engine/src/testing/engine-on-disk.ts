import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldTrace, compile, type Plan, type Run, type TraceEvent } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import { EmbeddedEngine } from "../embedded/embedded-engine.ts";
import type { EngineLimits } from "../embedded/limits.ts";
import { type Database, openDatabase } from "../embedded/open-database.ts";
import { ScriptThreads } from "../embedded/script-threads.ts";
import type { ActionCaller, EngineHost } from "../ports.ts";
import { engineMigrations, migrate } from "../store/migrate.ts";

/** An engine over a file that outlives it. */
export class EngineOnDisk {
  readonly folder = mkdtempSync(join(tmpdir(), "drawbridge-engine-"));
  readonly playbooks = new Map<string, Playbook>();
  readonly problems: string[] = [];
  readonly scripts = new ScriptThreads();
  /** Added to the real time. */
  ahead = 0;
  engine!: EmbeddedEngine;
  database!: Database;
  private readonly actions: ActionCaller;
  private readonly limits: Partial<EngineLimits>;

  constructor(actions: ActionCaller, playbooks: readonly Playbook[], limits: Partial<EngineLimits> = {}) {
    this.actions = actions;
    this.limits = limits;
    for (const playbook of playbooks) this.playbooks.set(playbook.id, playbook);
  }

  get file(): string {
    return join(this.folder, "drawbridge.db");
  }

  async open(): Promise<{ readonly open: number; readonly resumed: number }> {
    this.database = openDatabase(this.file);
    await migrate(this.database.kysely, engineMigrations);
    this.engine = new EmbeddedEngine(this.database, this.host(), this.limits);
    return this.engine.recover();
  }

  /** Ends the engine as a crash would, except that memory is tidied: nothing under way is waited for or kept. */
  async drop(): Promise<void> {
    await this.engine.stop();
    await this.database.close();
  }

  async reopen(): Promise<{ readonly open: number; readonly resumed: number }> {
    await this.drop();
    return this.open();
  }

  async remove(): Promise<void> {
    await this.drop();
    await this.scripts.close();
    rmSync(this.folder, { recursive: true, force: true });
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

  planOf(playbook: string): Plan {
    return compile(this.playbooks.get(playbook) as Playbook);
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
