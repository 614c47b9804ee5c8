import { ActionError, callAction, type Integration, registerActions, type Simulation } from "@drawbridge/integration-kit";
import type { CallActionEffect } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import type { ScenarioFault } from "../scenario/scenario.ts";

type Named = { readonly [key: string]: Json };

/** Simulators of every integration that the run touches, on the virtual clock. */
export class DryWorld {
  private readonly integrations: ReadonlyMap<string, Integration>;
  private readonly registry: ReturnType<typeof registerActions>;
  private readonly seeds: Named;
  private readonly faults: readonly ScenarioFault[];
  private readonly now: () => number;
  /** Seeds that their simulators refused. */
  readonly problems: string[] = [];
  private readonly simulations = new Map<string, Simulation<unknown>>();

  constructor(integrations: readonly Integration[], seeds: Named, faults: readonly ScenarioFault[], now: () => number) {
    this.integrations = new Map(integrations.map((each) => [each.id, each]));
    this.registry = registerActions(integrations);
    this.seeds = seeds;
    this.faults = faults;
    this.now = now;
    for (const key of new Set([...Object.keys(seeds), ...faults.map((fault) => fault.at)])) if (this.integrations.has(key)) this.prepare(key);
  }

  /** What the action declares; null when there is none such. */
  facts(action: string): { readonly effect: "reads" | "changes"; readonly repeatable: boolean } | null {
    const declared = this.registry.get(action)?.action;
    return declared ? { effect: declared.effect, repeatable: declared.repeatable } : null;
  }

  async call(
    effect: CallActionEffect,
    run: { readonly id: string; readonly playbook: string; readonly step: string },
    caseId: string | null,
  ): Promise<{ readonly output: Json; readonly case?: Json }> {
    const output = await this.perform(effect.action, effect.connection, effect.input, effect.id, run, caseId);
    const snapshot = effect.action.startsWith("cases.") ? caseIn(output) : null;
    return snapshot && (effect.action === "cases.open" || snapshot["id"] === caseId) ? { output, case: snapshot } : { output };
  }

  /** A case as expressions read it; null where there are no cases. */
  async caseSnapshot(caseId: string): Promise<Json> {
    if (!this.registry.has("cases.get")) return { id: caseId };
    return caseIn(await this.perform("cases.get", undefined, { case: caseId }, `snapshot/${caseId}`, null, caseId)) ?? { id: caseId };
  }

  /** What every simulator that was touched holds. */
  state(): { [key: string]: Json } {
    return Object.fromEntries([...this.simulations].map(([key, simulation]) => [key, simulation.state() as Json]));
  }

  private async perform(
    action: string,
    connection: string | undefined,
    input: Json,
    key: string,
    run: { readonly id: string; readonly playbook: string; readonly step: string } | null,
    caseId: string | null,
  ): Promise<Json> {
    const integration = action.slice(0, action.indexOf("."));
    if (!this.registry.has(action)) throw new ActionError("unknown-action", `There is no action ${action}.`);
    const client = this.simulation(integration, connection ?? integration).client();
    const context = {
      client,
      idempotencyKey: key,
      signal: new AbortController().signal,
      log: () => undefined,
      now: this.now,
      run,
      caseId,
      actor: run ? `playbook:${run.playbook}` : "dry-run",
    };
    return (await callAction(this.registry, { action, input, context })) as Json;
  }

  private prepare(integration: string): void {
    try {
      this.simulation(integration, integration);
    } catch (error) {
      this.problems.push(`world of ${integration}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Connections share their integration's simulator, unless the scenario names one. */
  private simulation(integration: string, connection: string): Simulation<unknown> {
    const named = Object.hasOwn(this.seeds, connection) || this.faults.some((fault) => fault.at === connection);
    const key = named ? connection : integration;
    const known = this.simulations.get(key);
    if (known) return known;
    const declared = this.integrations.get(integration);
    if (!declared) throw new ActionError("unknown-action", `There is no integration ${integration}.`);
    const simulation = declared.simulate(this.seeds[key] ?? this.seeds[integration] ?? null, this.now);
    for (const { at, ...fault } of this.faults) if (at === key || at === integration) simulation.fail(withoutUndefined(fault));
    this.simulations.set(key, simulation);
    return simulation;
  }
}

function withoutUndefined(fault: Omit<ScenarioFault, "at">): Parameters<Simulation<unknown>["fail"]>[0] {
  const { operation, times, status, retryAfterSeconds, code } = fault;
  return {
    operation,
    times,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(code === undefined ? {} : { code }),
  };
}

function caseIn(output: Json): { readonly [key: string]: Json } | null {
  if (typeof output !== "object" || output === null || Array.isArray(output)) return null;
  const found = (output as Named)["case"];
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Named) : null;
}
