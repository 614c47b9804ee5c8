import { type ActionError, callAction, type HttpSimulation, type Integration, type Json, registerActions, type Wire, type WireHost } from "@drawbridge/integration-kit";
import type { Served } from "@drawbridge/integration-kit/wire";

/** A vendor under test: its simulator, and how its actions are called. */
export interface Place<Simulator> {
  readonly simulation: Simulator;
  readonly call: (action: string, input: Json, options?: { readonly signal?: AbortSignal; readonly actor?: string }) => Promise<Json>;
  /** The code with which a call fails. */
  readonly codeOf: (action: string, input: Json) => Promise<string>;
  readonly failureOf: (action: string, input: Json) => Promise<ActionError>;
}

/** A clock that stands still until it is told. */
export function steppedClock(start = Date.UTC(2026, 10, 24, 9, 13)) {
  let now = start;
  return { now: () => now, advance: (ms: number) => (now += ms) };
}

/** What the server lends to a wire; `lines` gets what is logged. */
export function hostFor(now: () => number, { lines = [], allowPrivateNetwork = true }: { readonly lines?: unknown[]; readonly allowPrivateNetwork?: boolean } = {}): WireHost {
  return { allowPrivateNetwork, log: (message, details) => lines.push(message, details), now, service: () => null };
}

/** Calls actions through a client. */
export function placeOf<Simulator>(integration: Integration, client: unknown, simulation: Simulator, now: () => number): Place<Simulator> {
  const registry = registerActions([integration]);
  let calls = 0;
  const call: Place<Simulator>["call"] = (action, input, options = {}) => {
    calls += 1;
    const context = {
      client,
      idempotencyKey: `run-1/step/${calls}`,
      signal: options.signal ?? new AbortController().signal,
      log: () => undefined,
      now,
      run: null,
      caseId: null,
      actor: options.actor ?? "pnair@qrst.com",
    };
    return callAction(registry, { action: `${integration.id}.${action}`, input, context });
  };
  const failureOf: Place<Simulator>["failureOf"] = async (action, input) => {
    let output: Json;
    try {
      output = await call(action, input);
    } catch (thrown) {
      return thrown as ActionError;
    }
    throw new Error(`${action} should have failed, and returned ${JSON.stringify(output)}.`);
  };
  return { simulation, call, failureOf, codeOf: async (action, input) => (await failureOf(action, input)).code };
}

/** The same vendor twice: reached in memory, and over a real socket through its wire. */
export function bothWays<Client, Simulator extends HttpSimulation<Client>>(vendor: {
  readonly integration: Integration<Client>;
  readonly simulate: (seed: Json, clock: () => number) => Simulator;
  readonly serve: (seed: Json, options: { readonly clock: () => number }) => Promise<Served<Client> & { readonly simulation: Simulator }>;
  readonly wire: Wire<Client, never>;
}) {
  const opened: (() => Promise<void>)[] = [];
  const inMemory = async (seed: Json, now: () => number): Promise<Place<Simulator>> => {
    const simulation = vendor.simulate(seed, now);
    return placeOf(vendor.integration as Integration, simulation.client(), simulation, now);
  };
  const overSocket = async (seed: Json, now: () => number): Promise<Place<Simulator>> => {
    const served = await vendor.serve(seed, { clock: now });
    const client = await vendor.wire.connect(vendor.integration.connection.parse(served.settings) as never, hostFor(now));
    opened.push(served.close, async () => vendor.wire.close?.(client));
    return placeOf(vendor.integration as Integration, client, served.simulation, now);
  };
  return {
    ways: [
      ["in memory", inMemory],
      ["over a socket", overSocket],
    ] as const,
    closeAll: async () => void (await Promise.all(opened.splice(0).map((close) => close()))),
  };
}
