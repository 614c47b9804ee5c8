import { callAction, catalogOf, type Json } from "@drawbridge/integration-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostFor } from "./http-vendor.fixture.ts";
import { actionRegistry, integrations } from "./index.ts";
import { type SampleConnectionId, type SampleWorld, serveSampleWorld } from "./serve.ts";
import { wires } from "./wire.ts";

const now = Date.UTC(2026, 10, 24, 9, 13);
const signal = new AbortController().signal;

describe("the sample world", () => {
  let world: SampleWorld;
  const clients = new Map<string, unknown>();
  const call = (connection: SampleConnectionId, action: string, input: Json) =>
    callAction(actionRegistry, {
      action: `${world.connections[connection].integration}.${action}`,
      input,
      context: { client: clients.get(connection), idempotencyKey: "k", signal, log: () => undefined, now: () => now, run: null, caseId: null, actor: "t" },
    });

  beforeAll(async () => {
    world = await serveSampleWorld({ clock: () => now, seed: { "cortex-xdr": { secondsToIsolate: 0 } } });
    for (const [id, { integration, settings }] of Object.entries(world.connections)) {
      const declared = integrations.find((candidate) => candidate.id === integration);
      clients.set(
        id,
        await wires[integration]?.connect(
          declared?.connection.parse(settings),
          hostFor(() => now),
        ),
      );
    }
  });
  afterAll(async () => {
    for (const [id, { integration }] of Object.entries(world.connections)) await wires[integration]?.close?.(clients.get(id));
    await world.close();
  });

  it("has settings for every connection with which its wire can be reached", async () => {
    for (const [id, { integration }] of Object.entries(world.connections)) {
      expect(await wires[integration]?.test(clients.get(id), signal)).toEqual(expect.any(String));
    }
  });

  it("tells one story: the alert's person has an endpoint under the host name of the file events", async () => {
    const { code42 } = world.simulations;
    for (const exposure of code42.exposures.filter(({ id }) => id !== "unknown-user")) {
      const alert = code42.raiseAlert({ exposure: exposure.id });
      const { hostnames } = (await call("code42", "search-file-events", { alertId: alert.id })) as { hostnames: string[] };
      expect(hostnames.length).toBeGreaterThan(0);
      for (const hostname of hostnames) expect(await call("cortex-xdr", "get-endpoint", { hostname })).toMatchObject({ name: hostname });
      expect(await call("corporate-ad", "get-user", { email: exposure.actor })).toMatchObject({ email: exposure.actor });
    }
  });

  it("shows in its simulations what was changed over the sockets", async () => {
    await call("cortex-xdr", "isolate-endpoint", { hostname: "JANDERSON-LT" });
    expect(world.simulations["cortex-xdr"].state()).toMatchObject({ endpoints: expect.arrayContaining([expect.objectContaining({ name: "JANDERSON-LT", isolated: true })]) });
    expect(world.simulations["cortex-xdr"].changes()).toEqual([{ what: "isolate-endpoint 7b1f9c0e42d84a5c", at: now }]);
  });
});

describe("the catalog of shipped integrations", () => {
  const { actions, integrations: facts } = catalogOf(integrations);

  it("has an action for each name, a wire for each integration, and a tile", () => {
    expect([...actions.keys()].sort()).toEqual([...actionRegistry.keys()].sort());
    expect(Object.keys(wires).sort()).toEqual(facts.map(({ id }) => id).sort());
    for (const { tile } of facts) expect((tile.text ?? tile.icon ?? "").length).toBeGreaterThan(1);
  });

  it("explains every field of every action of the HTTP vendors", () => {
    for (const [name, { input, output }] of actions) {
      if (!/^(code42|cortex-xdr|http)\./.test(name)) continue;
      for (const schema of [input, output]) {
        for (const [field, { description }] of Object.entries((schema as { properties: Record<string, { description?: string }> }).properties))
          expect(description, `${name} ${field}`).toBeTruthy();
      }
    }
  });
});
