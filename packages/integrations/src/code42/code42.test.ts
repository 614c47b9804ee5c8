import { afterEach, describe, expect, it } from "vitest";
import { bothWays, hostFor, placeOf, steppedClock } from "../http-vendor.fixture.ts";
import { code42 } from "./index.ts";
import { serve } from "./serve.ts";
import { sampleTenant } from "./simulator/sample-tenant.ts";
import { simulateCode42 } from "./simulator/simulate-code42.ts";
import { code42Wire } from "./wire.ts";

const vendor = bothWays({ integration: code42, simulate: simulateCode42, serve, wire: code42Wire });
afterEach(vendor.closeAll);

const johnsAlert = sampleTenant.alerts[0].id;
const john = "john.anderson@qrst.com";

describe.each(vendor.ways)("Code42 %s", (_, open) => {
  it("tells of John Anderson's alert what the case needs", async () => {
    const { call } = await open(null, steppedClock().now);
    expect(await call("get-alert", { alertId: johnsAlert })).toMatchObject({
      id: johnsAlert,
      name: "Exposure on an endpoint",
      state: "OPEN",
      severity: "HIGH",
      riskSeverity: "CRITICAL",
      actor: john,
      actorId: "952014",
      ruleSource: "Departing Employee",
      createdAt: "2026-11-24T09:11:00.000Z",
      note: null,
      exposureTypes: ["CloudStorage", "RemovableMedia"],
      fileCount: 7,
      totalFileSize: 41_800_000,
      firstActivityAt: "2026-11-24T08:37:00.000Z",
      lastActivityAt: "2026-11-24T09:05:00.000Z",
      syncDestinations: ["Dropbox"],
      sendingIpAddresses: ["203.0.113.24"],
      observations: [{ sources: ["Endpoint"], fileCount: 7 }],
    });
  });

  it("finds the file events of an alert, the oldest first, with what they have in common", async () => {
    const { call } = await open(null, steppedClock().now);
    const found = (await call("search-file-events", { alertId: johnsAlert })) as { events: { fileName: string }[] };
    expect(found).toMatchObject({
      totalCount: 7,
      totalFileSize: 41_800_000,
      users: [john],
      hostnames: ["JANDERSON-LT"],
      deviceUids: ["935873453596901068"],
      privateIpAddresses: ["10.20.4.61"],
      destinations: [
        { name: "Dropbox", kind: "cloud-sync", fileCount: 3, totalFileSize: 6_600_000 },
        { name: "SanDisk USB", kind: "removable-media", fileCount: 4, totalFileSize: 35_200_000 },
      ],
    });
    expect(found.events.map(({ fileName }) => fileName)).toEqual([
      "Patent-draft-114.docx",
      "Pricing-model.xlsx",
      "Board-minutes-Oct.pdf",
      "Roadmap-2027.pptx",
      "Q4-forecast.xlsx",
      "Key-customers.csv",
      "planner-core.zip",
    ]);
    expect(found.events[3]).toMatchObject({
      filePath: "C:/Users/janderson/Product/",
      fileSize: 18_400_000,
      fileCategory: "Presentation",
      fileOwner: "john.anderson",
      sha256: expect.stringMatching(/^9f2c[0-9a-f]{56}41be$/),
      md5: expect.stringMatching(/^[0-9a-f]{32}$/),
      exposure: ["RemovableMedia"],
      removableMediaName: "SanDisk USB",
      syncDestination: null,
      osHostName: "JANDERSON-LT",
      domainName: "janderson-lt.qrst.local",
      deviceUserName: john,
    });
  });

  it("searches file events by person, host and time, with a limit", async () => {
    const { call, codeOf } = await open(null, steppedClock().now);
    const count = async (input: Parameters<typeof call>[1]) => ((await call("search-file-events", input)) as { totalCount: number }).totalCount;
    expect(await count({ user: "JOHN.ANDERSON@qrst.com" })).toBe(7);
    expect(await count({ hostname: "cnovak-ws" })).toBe(1);
    expect(await count({ user: john, since: "2026-11-24T08:45:00Z" })).toBe(4);
    expect(await count({ user: john, until: "2026-11-24T08:45:00Z" })).toBe(3);
    expect(await count({ days: 30 })).toBe(20);
    expect(await count({ user: "nobody@qrst.com" })).toBe(0);
    expect(((await call("search-file-events", { user: john, limit: 2 })) as { events: unknown[]; totalCount: number }).events).toHaveLength(2);
    expect(await codeOf("search-file-events", {})).toBe("invalid-input");
  });

  it("lists alerts by time, severity, state and person, over several pages", async () => {
    const clock = steppedClock();
    const { call, simulation } = await open(null, clock.now);
    const ids = async (input: Parameters<typeof call>[1]) => ((await call("list-alerts", input)) as { alerts: { id: string }[] }).alerts.map(({ id }) => id);
    expect(await ids({})).toHaveLength(sampleTenant.alerts.length);
    expect(await ids({ severities: ["CRITICAL"] })).toEqual([johnsAlert]);
    expect(await ids({ severities: ["CRITICAL", "MODERATE"] })).toHaveLength(2);
    expect(await ids({ user: john })).toEqual([johnsAlert]);
    clock.advance(60_000);
    const since = new Date(clock.now()).toISOString();
    expect(await ids({ since })).toEqual([]);
    for (let raised = 0; raised < 501; raised += 1) simulation.raiseAlert();
    expect(await call("list-alerts", { since, states: ["OPEN"], limit: 1_000 })).toMatchObject({ totalCount: 501 });
    expect(new Set(await ids({ since, limit: 1_000 })).size).toBe(501);
  });

  it("resolves an alert once, and says so when it is resolved already", async () => {
    const { call, simulation } = await open(null, steppedClock().now);
    expect(await call("resolve-alert", { alertId: johnsAlert, note: "Contained." })).toEqual({
      alertId: johnsAlert,
      state: "RESOLVED",
      alreadyResolved: false,
      previousState: "OPEN",
    });
    expect(await call("resolve-alert", { alertId: johnsAlert })).toMatchObject({ alreadyResolved: true, previousState: "RESOLVED" });
    expect(simulation.changes().map(({ what }) => what)).toEqual([`resolve-alert ${johnsAlert}`]);
    expect(await call("get-alert", { alertId: johnsAlert })).toMatchObject({ state: "RESOLVED", note: { message: "Contained.", by: simulation.credentials.clientId } });
    expect(simulation.state()).toMatchObject({ alerts: expect.arrayContaining([expect.objectContaining({ id: johnsAlert, state: "RESOLVED" })]) });
  });

  it("writes an alert's note once", async () => {
    const { call, simulation } = await open(null, steppedClock().now);
    expect(await call("add-alert-note", { alertId: johnsAlert, note: "Case 7." })).toMatchObject({ alreadyNoted: false });
    expect(await call("add-alert-note", { alertId: johnsAlert, note: "Case 7." })).toMatchObject({ alreadyNoted: true });
    expect(simulation.changes()).toHaveLength(1);
  });

  it("puts a leaver on the watchlist once, makes the list when there is none, and takes the leaver off again", async () => {
    const { call, simulation } = await open(null, steppedClock().now);
    expect(await call("add-departing-employee", { user: john, departure: "2026-11-30", note: "Resigned." })).toMatchObject({
      userId: "952014",
      user: john,
      alreadyListed: false,
      departure: "2026-11-30",
    });
    expect(await call("add-departing-employee", { user: john.toUpperCase() })).toMatchObject({ user: john, alreadyListed: true, departure: null });
    expect(simulation.state()).toMatchObject({ departingEmployees: [john], departures: { [john]: "2026-11-30" } });
    expect(await call("get-user", { user: john })).toMatchObject({ userId: "952014", firstName: "John", lastName: "Anderson", active: true, watchlists: ["DEPARTING_EMPLOYEE"] });
    expect(simulation.changes().map(({ what }) => what)).toEqual(["create-watchlist DEPARTING_EMPLOYEE", "add-departing-employee 952014", "update-risk-profile 952014"]);
    expect(await call("remove-departing-employee", { user: john })).toMatchObject({ wasListed: true });
    expect(await call("remove-departing-employee", { user: john })).toMatchObject({ wasListed: false });
    expect(simulation.state()).toMatchObject({ departingEmployees: [] });
  });

  it("says not-found for an alert or a user that does not exist", async () => {
    const { codeOf } = await open(null, steppedClock().now);
    for (const action of ["get-alert", "resolve-alert"]) expect(await codeOf(action, { alertId: "none" })).toBe("not-found");
    expect(await codeOf("search-file-events", { alertId: "none" })).toBe("not-found");
    for (const action of ["get-user", "add-departing-employee", "remove-departing-employee"]) expect(await codeOf(action, { user: "r.quill@partner.example" })).toBe("not-found");
  });

  it.each([
    ["get-alert", { alertId: johnsAlert }],
    ["list-alerts", {}],
    ["search-file-events", { user: john }],
    ["resolve-alert", { alertId: johnsAlert }],
    ["add-alert-note", { alertId: johnsAlert, note: "n" }],
    ["add-departing-employee", { user: john }],
    ["get-user", { user: john }],
  ])("fails as the vendor does when %s is rate-limited or down, and works again after it", async (action, input) => {
    const { call, failureOf, simulation } = await open(null, steppedClock().now);
    simulation.fail({ operation: action, times: 1, status: 429, retryAfterSeconds: 30 });
    expect(await failureOf(action, input)).toMatchObject({ code: "rate-limited", retryable: true, retryAfterMs: 30_000 });
    simulation.fail({ operation: action, times: 1, status: 503 });
    expect(await failureOf(action, input)).toMatchObject({ code: "unavailable", retryable: true });
    simulation.fail({ operation: action, times: 1, code: "invalid-response" });
    if (action === "get-alert") expect(await failureOf(action, input)).toMatchObject({ code: "invalid-response", retryable: false });
    else await call(action, input).catch(() => undefined);
    await call(action, input);
  });

  it("asks for a new token when the old one has ended or was revoked", async () => {
    const clock = steppedClock();
    const { call, simulation } = await open({ tokenSeconds: 60 }, clock.now);
    await call("get-alert", { alertId: johnsAlert });
    clock.advance(59_000);
    await call("get-alert", { alertId: johnsAlert });
    clock.advance(120_000);
    await call("get-alert", { alertId: johnsAlert });
    simulation.revokeTokens();
    expect(await call("resolve-alert", { alertId: johnsAlert })).toMatchObject({ alreadyResolved: false });
    expect(simulation.changes()).toHaveLength(1);
  });

  it("signs in once for many calls at the same time", async () => {
    const { call, simulation } = await open(null, steppedClock().now);
    await Promise.all(Array.from({ length: 8 }, () => call("get-alert", { alertId: johnsAlert })));
    expect(simulation.signIns()).toBe(1);
  });
});

describe("a Code42 simulator", () => {
  it("raises an alert that is listed from then on, with file events of its own", async () => {
    const clock = steppedClock();
    const simulation = simulateCode42({ alerts: [] }, clock.now);
    const { call } = placeOf(code42 as never, simulation.client(), simulation, clock.now);
    expect(await call("list-alerts", {})).toEqual({ alerts: [], totalCount: 0 });
    const first = simulation.raiseAlert();
    const second = simulation.raiseAlert({ exposure: "employee" });
    expect([first.actor, second.actor]).toEqual([john, "mia.torres@qrst.com"]);
    expect(await call("list-alerts", {})).toMatchObject({ totalCount: 2, alerts: [{ id: first.id }, { id: second.id }] });
    expect(await call("search-file-events", { alertId: second.id })).toMatchObject({ totalCount: 3, hostnames: ["MTORRES-LT"] });
    expect(() => simulation.raiseAlert({ exposure: "none" })).toThrow(RangeError);
    expect(() => simulation.raiseAlert({ id: first.id })).toThrow(RangeError);
  });

  it.each([
    ["no tenant", { alertIds: ["x"], state: "RESOLVED" }, 400],
    ["another tenant", { tenantId: "other", alertIds: ["x"], state: "RESOLVED" }, 403],
    ["an unknown state", { tenantId: "1d71796f-af5b-4231-9d8e-df6434da4663", alertIds: ["x"], state: "DONE" }, 400],
    ["no alert", { tenantId: "1d71796f-af5b-4231-9d8e-df6434da4663", alertIds: [], state: "RESOLVED" }, 400],
    ["an unknown alert", { tenantId: "1d71796f-af5b-4231-9d8e-df6434da4663", alertIds: ["x"], state: "RESOLVED" }, 404],
  ])("refuses a request with %s", async (_, body, status) => {
    const simulation = simulateCode42(null, steppedClock().now);
    const { clientId, secret } = simulation.credentials;
    const post = (path: string, authorization: string, content: unknown) =>
      simulation.handle(new Request(`https://x${path}`, { method: "POST", headers: { authorization }, body: JSON.stringify(content) }));
    const { access_token } = (await (await post("/v1/oauth", `Basic ${btoa(`${clientId}:${secret}`)}`, null)).json()) as { access_token: string };
    const answer = await post("/v1/alerts/update-state", `Bearer ${access_token}`, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, detail: expect.any(String) });
    expect((await post("/v1/alerts/update-state", "Bearer wrong", body)).status).toBe(401);
    expect(
      (
        await post("/v1/alerts/query-alerts", `Bearer ${access_token}`, {
          tenantId: "1d71796f-af5b-4231-9d8e-df6434da4663",
          groups: [{ filters: [{ term: "colour", operator: "IS", value: "red" }] }],
          pgNum: 0,
          pgSize: 10,
        })
      ).status,
    ).toBe(400);
  });

  it("refuses a seed that names what it does not have", () => {
    expect(() => simulateCode42({ alerts: [{ id: "a", exposure: "none" }] }, () => 0)).toThrow(RangeError);
    expect(() => simulateCode42({ departingEmployees: ["nobody@qrst.com"] }, () => 0)).toThrow(RangeError);
    expect(() => simulateCode42({ alert: [] }, () => 0)).toThrow();
  });
});

describe("Code42's wire", () => {
  it("tests a connection, and never shows the secret of one that is wrong", async () => {
    const served = await serve(null, { clock: () => 0 });
    const lines: unknown[] = [];
    const settings = code42.connection.parse({ ...served.settings, secret: "wrong-secret-value" });
    const good = await code42Wire.connect(
      code42.connection.parse(served.settings) as never,
      hostFor(() => 0),
    );
    const bad = await code42Wire.connect(
      settings as never,
      hostFor(() => 0, { lines }),
    );
    const signal = new AbortController().signal;
    expect(await code42Wire.test(good, signal)).toContain("1d71796f-af5b-4231-9d8e-df6434da4663");
    const error: unknown = await code42Wire.test(bad, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "authentication-failed", retryable: false });
    expect(`${String(error)} ${JSON.stringify([error, lines])}`).not.toMatch(/wrong-secret-value|d3Jvbmctc2VjcmV0/);
    await Promise.all([code42Wire.close?.(good), code42Wire.close?.(bad), served.close()]);
  });

  it("refuses a private address that the connection does not allow", async () => {
    const served = await serve(null, { clock: () => 0 });
    const client = await code42Wire.connect(
      code42.connection.parse(served.settings) as never,
      hostFor(() => 0, { allowPrivateNetwork: false }),
    );
    await expect(code42Wire.test(client, new AbortController().signal)).rejects.toMatchObject({ code: "egress-refused" });
    await Promise.all([code42Wire.close?.(client), served.close()]);
  });
});
