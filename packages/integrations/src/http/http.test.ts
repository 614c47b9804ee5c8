import { afterEach, describe, expect, it } from "vitest";
import { bothWays, hostFor, placeOf, steppedClock } from "../http-vendor.fixture.ts";
import { HttpServiceClient } from "./client.ts";
import { http } from "./index.ts";
import { serve } from "./serve.ts";
import { simulateHttp } from "./simulator/simulate-http.ts";
import { httpWire } from "./wire.ts";

const vendor = bothWays({ integration: http, simulate: simulateHttp, serve, wire: httpWire });
afterEach(vendor.closeAll);

const seed = {
  token: "s3cret-token",
  routes: [
    { method: "GET", path: "/people/*", answers: [{ body: { name: "Ann" }, headers: { "x-page": "1" } }] },
    { method: "HEAD", path: "/people/1", answers: [{}] },
    { method: "GET", path: "/text", answers: [{ body: "plain words" }] },
    { method: "GET", path: "/job", answers: [{ body: { done: false } }, { body: { done: true } }] },
    { method: "POST", path: "/tickets", answers: [{ status: 201, body: { id: 7 } }] },
    { method: "DELETE", path: "/tickets/7", answers: [{ status: 204 }] },
    { method: "POST", path: "/refuse", answers: [{ status: 422, body: "Your token s3cret-token may not." }] },
  ],
};

describe.each(vendor.ways)("HTTP %s", (_, open) => {
  it("reads values and texts", async () => {
    const { call } = await open(seed, steppedClock().now);
    expect(await call("get", { url: "/people/1", query: { full: true, tag: ["a", "b"] } })).toMatchObject({ status: 200, headers: { "x-page": "1" }, body: { name: "Ann" } });
    expect(await call("get", { url: "/text" })).toMatchObject({ body: "plain words" });
    expect(await call("get", { url: "/people/1", method: "HEAD" })).toMatchObject({ status: 200, body: null });
  });

  it("goes through a route's answers, and the last one stays", async () => {
    const { call } = await open(seed, steppedClock().now);
    const bodies = [];
    for (let time = 0; time < 3; time += 1) bodies.push(((await call("get", { url: "/job" })) as { body: unknown }).body);
    expect(bodies).toEqual([{ done: false }, { done: true }, { done: true }]);
  });

  it("sends a change with an idempotency key of its own", async () => {
    const { call, simulation } = await open(seed, steppedClock().now);
    expect(await call("send", { url: "/tickets", body: { title: "Leaver" }, headers: { "X-Team": "soc" } })).toMatchObject({ status: 201, body: { id: 7 } });
    expect(await call("send", { url: "/tickets/7", method: "DELETE" })).toMatchObject({ status: 204, body: null });
    expect(simulation.state()).toMatchObject({
      requests: [
        { method: "POST", path: "/tickets", idempotencyKey: "run-1/step/1", body: { title: "Leaver" } },
        { method: "DELETE", idempotencyKey: "run-1/step/2" },
      ],
    });
    expect(simulation.changes().map(({ what }) => what)).toEqual(["POST /tickets run-1/step/1", "DELETE /tickets/7 run-1/step/2"]);
  });

  it("fails on a status that is not expected, and not on one that is", async () => {
    const { call, codeOf } = await open(seed, steppedClock().now);
    expect(await codeOf("get", { url: "/none" })).toBe("not-found");
    expect(await call("get", { url: "/none", expectStatus: [200, 404] })).toMatchObject({ status: 404 });
    expect(await codeOf("get", { url: "/text", expectStatus: [404] })).toBe("rejected");
  });

  it("blacks out the connection's secret when the service repeats it", async () => {
    const { failureOf } = await open(seed, steppedClock().now);
    const error = await failureOf("send", { url: "/refuse" });
    expect(error).toMatchObject({ code: "rejected", message: "The service answered 422: Your token ••• may not." });
  });

  it("reaches nothing but what is below the connection's address", async () => {
    const { codeOf, simulation } = await open(seed, steppedClock().now);
    for (const url of ["https://elsewhere.example/", "//elsewhere.example/", "people", "\\elsewhere"]) expect(await codeOf("get", { url })).toBe("invalid-input");
    expect(simulation.state()).toEqual({ requests: [] });
  });

  it("refuses headers that would break out of their line", async () => {
    const { codeOf } = await open(seed, steppedClock().now);
    expect(await codeOf("get", { url: "/text", headers: { "x-a": "b\r\nx-c: d" } })).toBe("invalid-input");
    expect(await codeOf("get", { url: "/text", headers: { "x a": "b" } })).toBe("invalid-input");
  });

  it("does not let a step's headers replace the connection's credentials", async () => {
    const { call } = await open(seed, steppedClock().now);
    expect(await call("get", { url: "/text", headers: { Authorization: "Bearer other" } })).toMatchObject({ status: 200 });
  });

  it("plays faults, and leaves a change whose answer is lost in doubt", async () => {
    const { failureOf, simulation } = await open(seed, steppedClock().now);
    simulation.fail({ operation: "get", times: 1, status: 429, retryAfterSeconds: 2 });
    expect(await failureOf("get", { url: "/text" })).toMatchObject({ code: "rate-limited", retryAfterMs: 2_000 });
    simulation.fail({ operation: "send", times: 1, status: 500 });
    expect(await failureOf("send", { url: "/tickets" })).toMatchObject({ code: "unavailable", uncertain: true, retryable: false });
    simulation.fail({ operation: "send", times: 1, status: 503 });
    expect(await failureOf("send", { url: "/tickets" })).toMatchObject({ code: "unavailable", uncertain: false, retryable: true });
  });
});

describe("HTTP's wire", () => {
  const connect = (settings: object, allowPrivateNetwork = true) =>
    httpWire.connect(
      http.connection.parse(settings) as never,
      hostFor(() => 0, { allowPrivateNetwork }),
    );
  const signal = new AbortController().signal;

  it("refuses private addresses unless the connection allows them", async () => {
    const served = await serve(seed, { clock: () => 0 });
    const client = await connect({ ...served.settings, baseUrl: undefined, authentication: "none" }, false);
    const { codeOf } = placeOf(http as never, client, served.simulation, () => 0);
    expect(await codeOf("get", { url: `${String(served.settings.baseUrl)}/text` })).toBe("egress-refused");
    expect(await codeOf("get", { url: "http://169.254.169.254/latest/meta-data" })).toBe("egress-refused");
    expect(await codeOf("get", { url: "ftp://example.com/" })).toBe("invalid-input");
    expect(served.simulation.state()).toEqual({ requests: [] });
    await Promise.all([httpWire.close?.(client), served.close()]);
  });

  it("sends no secret without an address to send it to", async () => {
    expect(() =>
      httpWire.connect(
        http.connection.parse({ authentication: "bearer", secret: "x" }) as never,
        hostFor(() => 0),
      ),
    ).toThrow(expect.objectContaining({ code: "not-configured" }));
  });

  it.each([
    ["basic", { authentication: "basic", username: "ann", secret: "pässword" }, "Basic YW5uOnDDpHNzd29yZA=="],
    ["bearer", { authentication: "bearer", secret: "t0ken" }, "Bearer t0ken"],
  ])("signs in with %s", async (_, settings, authorization) => {
    let seen: string | null = null;
    const client = new HttpServiceClient({
      transport: async (request) => {
        seen = request.headers?.["authorization"] ?? null;
        return { status: 200, headers: {}, body: "" };
      },
      connection: http.connection.parse({ ...settings, baseUrl: "https://x.example" }),
      now: () => 0,
    });
    await client.send({ method: "GET", path: "/", signal });
    expect(seen).toBe(authorization);
  });

  it("tests a connection", async () => {
    const served = await serve(seed, { clock: () => 0 });
    const client = await connect(served.settings);
    expect(await httpWire.test(client, signal)).toBe("The service answered 404.");
    await Promise.all([httpWire.close?.(client), served.close()]);
  });
});
