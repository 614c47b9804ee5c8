import { compile, type Plan } from "@drawbridge/interpreter";
import { EngineError } from "../engine-error.ts";
import type { PlaybookSource } from "../ports.ts";

const kept = 500;

/** Compiled playbook versions, the most recently used. */
export class PlanCache {
  private readonly source: PlaybookSource;
  private readonly plans = new Map<string, Plan>();

  constructor(source: PlaybookSource) {
    this.source = source;
  }

  /** The plan of a version when it is at hand. */
  known(id: string, version: number): Plan | null {
    const key = `${id}@${version}`;
    const plan = this.plans.get(key);
    if (!plan) return null;
    this.plans.delete(key);
    this.plans.set(key, plan);
    return plan;
  }

  /** The plan of a version; of the live one without `version`. */
  async load(id: string, version?: number): Promise<{ readonly plan: Plan; readonly version: number }> {
    const atHand = version === undefined ? null : this.known(id, version);
    if (atHand && version !== undefined) return { plan: atHand, version };
    const found = await this.source.load(id, version);
    if (!found)
      throw new EngineError("unknown-playbook", version === undefined ? `There is no published playbook "${id}".` : `There is no version ${version} of the playbook "${id}".`);
    const plan = this.known(id, found.version) ?? compile(found.playbook);
    this.plans.set(`${id}@${found.version}`, plan);
    for (const oldest of this.plans.keys()) {
      if (this.plans.size <= kept) break;
      this.plans.delete(oldest);
    }
    return { plan, version: found.version };
  }
}
