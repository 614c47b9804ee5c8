import type { ActionCaller, EngineHost } from "@drawbridge/engine";
import { ScriptThreads } from "@drawbridge/engine/embedded";
import { compile, type Plan } from "@drawbridge/interpreter";
import type { Json, Playbook } from "@drawbridge/playbook";
import type { WorldOptions } from "./subject.ts";

/** What the engines of a world are given: playbooks in versions, a clock that can be ahead, and a list of what nobody was told. */
export class ContractHost implements EngineHost {
  /** Added to the real time. */
  ahead = 0;
  readonly problems: string[] = [];
  readonly actions: ActionCaller;
  readonly scripts = new ScriptThreads();
  readonly clock = { now: () => Date.now() + this.ahead };
  readonly playbooks = { load: (id: string, version?: number) => Promise.resolve(this.find(id, version)) };
  private readonly versions = new Map<string, Playbook[]>();
  private readonly limits: NonNullable<WorldOptions["callsOf"]>;

  constructor({ actions, playbooks, callsOf = {} }: WorldOptions) {
    this.actions = actions;
    this.limits = callsOf;
    for (const playbook of playbooks) this.publish(playbook);
  }

  publish(playbook: Playbook): void {
    this.versions.set(playbook.id, [...(this.versions.get(playbook.id) ?? []), playbook]);
  }

  planOf({ id, version }: { readonly id: string; readonly version: number }): Plan {
    const found = this.find(id, version);
    if (!found) throw new Error(`There is no version ${version} of ${id}.`);
    return compile(found.playbook);
  }

  caseSnapshot(id: string): Promise<Json> {
    return Promise.resolve({ id, title: `Case ${id}` });
  }

  callsOf(playbook: string): number | null {
    return this.limits[playbook] ?? null;
  }

  onProblem({ code, message }: { readonly code: string; readonly message: string }): void {
    this.problems.push(`${code}: ${message}`);
  }

  private find(id: string, version?: number): { readonly playbook: Playbook; readonly version: number } | null {
    const known = this.versions.get(id) ?? [];
    const wanted = version ?? known.length;
    const playbook = known[wanted - 1];
    return playbook ? { playbook, version: wanted } : null;
  }
}
