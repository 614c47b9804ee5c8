import type { Json } from "@drawbridge/playbook";
import type { Connections } from "../connections/connections.ts";
import { ProblemError } from "../problem-error.ts";
import type { Story, World } from "./world.ts";

type Served = Awaited<ReturnType<typeof serve>>;

const exposures: { readonly [Name in Story]: string } = { executive: "departing-executive", employee: "employee", "two-hosts": "two-hosts", "unknown-user": "unknown-user" };
const names: { readonly [id: string]: string } = { code42: "Code42", "corporate-ad": "Corporate directory", "cortex-xdr": "Cortex XDR", mail: "Mail", http: "HTTP" };

/** An empty queue to begin with: alerts are raised by whoever tries the sample world. */
const serve = async () => (await import("@drawbridge/integrations/serve")).serveSampleWorld({ seed: { code42: { alerts: [] } } });

/** The simulated vendors of QRST Inc. on loopback ports, and the connections that lead to them. */
export class SampleWorld implements World {
  readonly #connections: Connections;
  #served: Served;

  private constructor(connections: Connections, served: Served) {
    this.#connections = connections;
    this.#served = served;
  }

  static async start(connections: Connections): Promise<SampleWorld> {
    const world = new SampleWorld(connections, await serve());
    await world.#connect();
    return world;
  }

  async raise(story: Story): Promise<string> {
    const { code42 } = this.#served.simulations;
    if (!canRaise(code42)) throw new ProblemError("not-available", "The simulated Code42 raises no alerts.");
    return code42.raiseAlert({ exposure: exposures[story] }).id;
  }

  async mailbox(): Promise<readonly { readonly [key: string]: Json }[]> {
    const messages = (this.#served.simulations.mail.state() as { readonly messages?: Json }).messages;
    return Array.isArray(messages) ? [...(messages as { readonly [key: string]: Json }[])].reverse() : [];
  }

  async state(): ReturnType<World["state"]> {
    const all = Object.entries(this.#served.simulations);
    return {
      world: Object.fromEntries(all.map(([id, simulation]) => [id, simulation.state()])),
      changes: Object.fromEntries(all.map(([id, simulation]) => [id, [...simulation.changes()]])),
    };
  }

  async reset(): Promise<void> {
    const before = this.#served;
    this.#served = await serve();
    await this.#connect();
    await before.close();
  }

  close(): Promise<void> {
    return this.#served.close();
  }

  async #connect(): Promise<void> {
    for (const [id, { integration, settings }] of Object.entries(this.#served.connections)) {
      await this.#connections.put(id, integration, { name: names[id] ?? id, settings, allowPrivateNetwork: true, enabled: true });
    }
  }
}

interface CanRaise {
  raiseAlert(request: { readonly exposure: string }): { readonly id: string };
}

const canRaise = (simulation: unknown): simulation is CanRaise => typeof simulation === "object" && simulation !== null && "raiseAlert" in simulation;
