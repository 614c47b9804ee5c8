import { afterEach, describe, expect, it } from "vitest";
import { bothWays, hostFor, steppedClock } from "../http-vendor.fixture.ts";
import { cortexXdr } from "./index.ts";
import { serve } from "./serve.ts";
import { signRequest } from "./sign-request.ts";
import { simulateCortexXdr } from "./simulator/simulate-cortex-xdr.ts";
import { cortexXdrWire } from "./wire.ts";

const vendor = bothWays({ integration: cortexXdr, simulate: simulateCortexXdr, serve, wire: cortexXdrWire });
afterEach(vendor.closeAll);

describe.each(vendor.ways)("Cortex XDR %s", (_, open) => {
  it("tells of an endpoint what the case needs", async () => {
    const { call } = await open(null, steppedClock().now);
    expect(await call("get-endpoint", { hostname: "janderson-lt" })).toEqual({
      endpointId: "7b1f9c0e42d84a5c",
      name: "JANDERSON-LT",
      type: "workstation",
      status: "connected",
      connected: true,
      os: "windows",
      osVersion: "Windows 11",
      domain: "qrst.local",
      ip: ["10.20.4.61"],
      users: ["janderson"],
      isolation: "unisolated",
      isolated: false,
      firstSeen: "2025-10-20T09:13:00.000Z",
      lastSeen: "2026-11-24T09:12:00.000Z",
      agentVersion: "8.3.0.7254",
    });
  });

  it("finds none, one or several endpoints, by id, host name and address", async () => {
    const { call } = await open(null, steppedClock().now);
    const names = async (input: Parameters<typeof call>[1]) => ((await call("get-endpoints", input)) as { endpoints: { name: string }[] }).endpoints.map(({ name }) => name);
    expect(await names({ hostnames: ["CNOVAK-LT", "cnovak-ws", "none"] })).toEqual(["CNOVAK-LT", "CNOVAK-WS"]);
    expect(await names({ ips: ["10.20.4.61"] })).toEqual(["JANDERSON-LT", "JANDERSON-OLD"]);
    expect(await names({ ips: ["10.20.4.61"], endpointIds: ["2c4d0a8f91b3477e"] })).toEqual(["JANDERSON-OLD"]);
    expect(await names({ hostnames: ["none"] })).toEqual([]);
    expect(await names({ isolated: true })).toEqual([]);
    expect(await call("get-endpoints", { limit: 2 })).toMatchObject({ count: 9 });
  });

  it("reads more than one page", async () => {
    const endpoints = Array.from({ length: 250 }, (_unused, index) => ({ id: `e${index}`, name: `HOST-${index}`, ip: ["10.0.0.1"] }));
    const { call } = await open({ endpoints }, steppedClock().now);
    const found = (await call("get-endpoints", { ips: ["10.0.0.1"], limit: 1_000 })) as { endpoints: { endpointId: string }[]; count: number };
    expect(found.count).toBe(250);
    expect(new Set(found.endpoints.map(({ endpointId }) => endpointId)).size).toBe(250);
  });

  it("says not-found when no endpoint matches, and names the candidates when several do", async () => {
    const { failureOf } = await open(null, steppedClock().now);
    for (const action of ["get-endpoint", "isolate-endpoint", "release-endpoint"]) {
      expect(await failureOf(action, { hostname: "KIOSK-07" })).toMatchObject({ code: "not-found", retryable: false });
      expect(await failureOf(action, { ip: "10.20.4.61" })).toMatchObject({
        code: "ambiguous",
        details: { candidates: [{ name: "JANDERSON-LT" }, { name: "JANDERSON-OLD", status: "lost" }] },
      });
      expect((await failureOf(action, {})).code).toBe("invalid-input");
    }
  });

  it("isolates an endpoint, which takes a while, and releases it again", async () => {
    const clock = steppedClock();
    const { call, codeOf, simulation } = await open({ secondsToIsolate: 20 }, clock.now);
    const host = { hostname: "JANDERSON-LT" };
    expect(await call("isolate-endpoint", host)).toMatchObject({ endpointId: "7b1f9c0e42d84a5c", isolation: "pending-isolation", alreadyRequested: false });
    expect(await call("get-endpoint", host)).toMatchObject({ isolation: "pending-isolation", isolated: false });
    expect(await codeOf("release-endpoint", host)).toBe("conflict");
    clock.advance(20_000);
    expect(await call("get-endpoint", host)).toMatchObject({ isolation: "isolated", isolated: true });
    expect(simulation.state()).toMatchObject({
      endpoints: expect.arrayContaining([{ id: "7b1f9c0e42d84a5c", name: "JANDERSON-LT", status: "CONNECTED", isolation: "AGENT_ISOLATED", isolated: true }]),
    });
    expect(await call("release-endpoint", host)).toMatchObject({ isolation: "pending-release", alreadyRequested: false });
    expect(await codeOf("isolate-endpoint", host)).toBe("conflict");
    clock.advance(20_000);
    expect(await call("release-endpoint", host)).toMatchObject({ isolation: "unisolated", alreadyRequested: true });
    expect(simulation.changes().map(({ what }) => what)).toEqual(["isolate-endpoint 7b1f9c0e42d84a5c", "release-endpoint 7b1f9c0e42d84a5c"]);
  });

  it("sends nothing for an endpoint that is isolated or about to be", async () => {
    const clock = steppedClock();
    const { call, simulation } = await open(null, clock.now);
    const host = { hostname: "JANDERSON-LT" };
    await call("isolate-endpoint", host);
    expect(await call("isolate-endpoint", host)).toMatchObject({ alreadyRequested: true, isolation: "pending-isolation" });
    clock.advance(60_000);
    expect(await call("isolate-endpoint", host)).toMatchObject({ alreadyRequested: true, isolation: "isolated" });
    expect(simulation.changes()).toHaveLength(1);
  });

  it("refuses an offline endpoint unless pending is allowed, and then isolates it when it is back", async () => {
    const clock = steppedClock();
    const { call, failureOf, simulation } = await open(null, clock.now);
    const host = { hostname: "OHADDAD-LT" };
    expect(await failureOf("isolate-endpoint", host)).toMatchObject({ code: "unavailable", retryable: false, details: { status: "disconnected" } });
    expect(simulation.changes()).toEqual([]);
    expect(await call("isolate-endpoint", { ...host, allowPending: true })).toMatchObject({ isolation: "pending-isolation", alreadyRequested: false });
    clock.advance(86_400_000);
    expect(await call("get-endpoint", host)).toMatchObject({ isolation: "pending-isolation", connected: false });
    simulation.setConnected("OHADDAD-LT", true);
    clock.advance(20_000);
    expect(await call("get-endpoint", host)).toMatchObject({ isolation: "isolated", connected: true });
  });

  it.each([
    ["get-endpoint", { hostname: "JANDERSON-LT" }],
    ["get-endpoints", {}],
    ["isolate-endpoint", { hostname: "JANDERSON-LT" }],
  ])("fails as the vendor does when %s is rate-limited or down, and works again after it", async (action, input) => {
    const { call, failureOf, simulation } = await open(null, steppedClock().now);
    simulation.fail({ operation: action, times: 1, status: 429, retryAfterSeconds: 5 });
    expect(await failureOf(action, input)).toMatchObject({
      code: "rate-limited",
      retryable: true,
      retryAfterMs: 5_000,
      message: "Cortex XDR answered 429: Too many requests: Simulated fault.",
    });
    simulation.fail({ operation: action, times: 1, status: 503 });
    expect(await failureOf(action, input)).toMatchObject({ code: "unavailable", retryable: true });
    simulation.fail({ operation: action, times: 1, status: 403 });
    expect(await failureOf(action, input)).toMatchObject({ code: "permission-denied", retryable: false });
    await call(action, input);
  });

  it("leaves an isolation whose answer is lost in doubt, and a look-up that is lost not", async () => {
    const { failureOf, simulation } = await open(null, steppedClock().now);
    simulation.fail({ operation: "isolate-endpoint", times: 1, status: 502 });
    expect(await failureOf("isolate-endpoint", { hostname: "JANDERSON-LT" })).toMatchObject({ code: "unavailable", uncertain: true, retryable: false });
    simulation.fail({ operation: "get-endpoint", times: 1, status: 502 });
    expect(await failureOf("isolate-endpoint", { hostname: "JANDERSON-LT" })).toMatchObject({ code: "unavailable", uncertain: false, retryable: true });
  });

  it("works with a standard key too", async () => {
    const { call } = await open({ key: { id: "9", key: "standard-key-of-the-tenant", type: "standard" } }, steppedClock().now);
    expect(await call("get-endpoint", { hostname: "QRST-FILES-01" })).toMatchObject({ type: "server" });
  });
});

describe("a Cortex XDR simulator", () => {
  const clock = steppedClock();
  const advanced = { id: "7", key: "sample-key-Jk3vXw9mQpT2sLzR8bYcN4hGdA6fE1uV", type: "advanced" } as const;
  const nonce = "a".repeat(64);
  const ask = (headers: Record<string, string>, body: unknown = { request_data: { filters: [] } }, simulation = simulateCortexXdr(null, clock.now)) =>
    simulation.handle(new Request("https://x/public_api/v1/endpoints/get_endpoint/", { method: "POST", headers, body: JSON.stringify(body) }));

  it.each([
    ["no headers", async () => ({}), "The API key ID is unknown."],
    ["another key's id", () => signRequest({ ...advanced, id: "8" }, { nonce, now: clock.now() }), "The API key ID is unknown."],
    ["another key", () => signRequest({ ...advanced, key: "other" }, { nonce, now: clock.now() }), "The signature is wrong."],
    [
      "the key itself instead of a signature",
      async () => ({ ...(await signRequest(advanced, { nonce, now: clock.now() })), authorization: advanced.key }),
      "The signature is wrong.",
    ],
    ["a short nonce", () => signRequest(advanced, { nonce: "a".repeat(63), now: clock.now() }), "The nonce is not 64 letters and digits."],
    ["an old timestamp", () => signRequest(advanced, { nonce, now: clock.now() - 301_000 }), "The timestamp is too far from now."],
    ["a changed timestamp", async () => ({ ...(await signRequest(advanced, { nonce, now: clock.now() })), "x-xdr-timestamp": String(clock.now() + 1) }), "The signature is wrong."],
  ])("refuses %s in the vendor's form", async (_, headers, extra) => {
    const answer = await ask(await headers());
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ reply: { err_code: 401, err_msg: "Unauthorized access. An issue occurred during authentication", err_extra: extra } });
  });

  it("refuses a request that is sent a second time", async () => {
    const simulation = simulateCortexXdr(null, clock.now);
    const headers = await signRequest(advanced, { nonce, now: clock.now() });
    expect((await ask(headers, undefined, simulation)).status).toBe(200);
    const again = await ask(headers, undefined, simulation);
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ reply: { err_extra: "The nonce was used before." } });
  });

  it.each([
    ["no request_data", {}],
    ["an unknown field", { request_data: { filters: [{ field: "colour", operator: "in", value: ["red"] }] } }],
    ["another operator", { request_data: { filters: [{ field: "hostname", operator: "eq", value: ["A"] }] } }],
    ["a page of more than 100", { request_data: { search_from: 0, search_to: 101 } }],
  ])("refuses %s", async (_, body) => {
    expect((await ask(await signRequest(advanced, { nonce, now: clock.now() }), body)).status).toBe(400);
  });
});

describe("Cortex XDR's wire", () => {
  it("tests a connection, and never shows the key of one that is wrong", async () => {
    const served = await serve(null, { clock: () => 0 });
    const lines: unknown[] = [];
    const signal = new AbortController().signal;
    const good = await cortexXdrWire.connect(
      cortexXdr.connection.parse(served.settings) as never,
      hostFor(() => 0),
    );
    const bad = await cortexXdrWire.connect(
      cortexXdr.connection.parse({ ...served.settings, apiKey: "wrong-key-value", keyType: "standard" }) as never,
      hostFor(() => 0, { lines }),
    );
    expect(await cortexXdrWire.test(good, signal)).toContain("9 endpoints");
    const error: unknown = await cortexXdrWire.test(bad, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "authentication-failed", retryable: false });
    expect(`${String(error)} ${JSON.stringify([error, lines])}`).not.toContain("wrong-key-value");
    await Promise.all([cortexXdrWire.close?.(good), cortexXdrWire.close?.(bad), served.close()]);
  });
});
