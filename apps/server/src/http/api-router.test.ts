import { type RouteName, roles, routes } from "@drawbridge/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestClient, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let clients: Record<string, TestClient>;

beforeAll(async () => {
  server = await startTestServer({ maxPlaybookBytes: 20_000 });
  clients = { viewer: await server.as("vera"), analyst: await server.as("anna"), engineer: await server.as("erik"), admin: await server.as("ada") };
});
afterAll(() => server.close());

const names = Object.keys(routes) as RouteName[];
const params = { id: "nothing-here", version: "1", report: "none", hash: "none", evidence: "none", scenario: "none" };

describe("the access to each route", () => {
  it.each(names.filter((name) => routes[name].access !== "anyone"))("%s is refused without a session", async (name) => {
    const answer = await fetch(`${server.url}/api/v1${routes[name].path.replace(/:\w+/g, "x")}`, { method: routes[name].method.toUpperCase(), headers: { origin: server.url } });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, "not-signed-in"]);
  });

  it.each(names.filter((name) => routes[name].access !== "anyone" && name !== "signOut"))("%s is for its least role and those above it", async (name) => {
    const { access } = routes[name];
    for (const role of roles) {
      const client = clients[role];
      if (!client) throw new Error(role);
      const answer = await client.send(name, { params });
      const allowed = roles.indexOf(role) >= roles.indexOf(access as (typeof roles)[number]);
      if (allowed) expect([401, 403]).not.toContain(answer.status);
      else expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, "permission-denied"]);
      expect(answer.status).not.toBe(500);
    }
  });
});

describe("a changing request", () => {
  it("is refused without the session's CSRF token", async () => {
    const admin = clients["admin"]!;
    for (const token of ["", "wrong", `${admin.csrf}x`]) {
      expect(await admin.refused("openCase", { body: { title: "x", type: "y", severity: "low" }, headers: { "x-csrf-token": token } })).toMatchObject({
        status: 403,
        code: "csrf-refused",
      });
    }
    expect((await admin.call<{ total: number }>("listCases")).total).toBe(0);
  });

  it("is refused from another site, sign-in too", async () => {
    const admin = clients["admin"]!;
    expect(await admin.refused("openCase", { body: { title: "x", type: "y", severity: "low" }, headers: { origin: "http://evil.example" } })).toMatchObject({
      status: 403,
      code: "csrf-refused",
    });
    expect(await admin.refused("signIn", { body: { email: "a", password: "b" }, headers: { origin: "http://evil.example" } })).toMatchObject({ status: 403, code: "csrf-refused" });
  });
});

describe("bad input", () => {
  it("is named by code and pointer, and the process stays up", async () => {
    const engineer = clients["engineer"]!;
    expect(await engineer.refused("openCase", { body: "{ not json" })).toMatchObject({ status: 400, code: "invalid-json" });
    expect(await engineer.refused("openCase", { body: { title: "x", type: "y", severity: "huge" } })).toMatchObject({ status: 400, code: "invalid-request", pointer: "/severity" });
    expect(await engineer.refused("openCase", {})).toMatchObject({ status: 400, code: "invalid-request" });
    expect(await engineer.refused("listCases", { query: { limit: "0" } })).toMatchObject({ status: 400, code: "invalid-request", pointer: "/query/limit" });
    expect(await engineer.refused("listCases", { query: { cursor: "rubbish" } })).toMatchObject({ status: 400, code: "invalid-request" });
    expect(await engineer.refused("openCase", { body: { title: "x".repeat(1_100_000), type: "y", severity: "low" } })).toMatchObject({ status: 413, code: "body-too-large" });
    expect(await engineer.refused("createPlaybook", { body: { padding: "x".repeat(30_000) } })).toMatchObject({ status: 413, code: "too-large" });
    expect(await engineer.refused("createPlaybook", { body: `${"[".repeat(9_000)}${"]".repeat(9_000)}` })).toMatchObject({ status: 400, code: "invalid-request" });
    expect((await engineer.send("health")).status).toBe(200);
  });

  it("answers unknown places and methods with problems", async () => {
    const unknown = await fetch(`${server.url}/api/v1/no/such/thing`);
    expect([unknown.status, unknown.headers.get("content-type"), ((await unknown.json()) as { code: string }).code]).toEqual([
      404,
      "application/problem+json; charset=utf-8",
      "not-found",
    ]);
    const method = await fetch(`${server.url}/api/v1/cases`, { method: "DELETE" });
    expect([method.status, method.headers.get("allow"), ((await method.json()) as { code: string }).code]).toEqual([405, "GET, POST", "method-not-allowed"]);
  });

  it("keeps the designer's pages from running anything of another's", async () => {
    const policy = (await fetch(`${server.url}/`)).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe("signing in", () => {
  it("is refused with the wrong password, and after ten wrong ones for a while", async () => {
    const anyone = clients["viewer"]!;
    const attempt = () => anyone.refused("signIn", { body: { email: "tom@qrst.com", password: "wrong" } });
    for (let count = 0; count < 10; count += 1) expect(await attempt()).toMatchObject({ status: 401, code: "wrong-sign-in" });
    expect(await attempt()).toMatchObject({ status: 429, code: "too-many-attempts" });
  });

  it("gives a cookie that scripts cannot read and other sites do not send, and ends with signing out", async () => {
    const answer = await clients["viewer"]!.send("signIn", { body: { email: "vera@qrst.com", password: "a long test password" } });
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const { csrf } = (await answer.json()) as { csrf: string };
    const headers = { cookie: cookie.split(";")[0] ?? "", "x-csrf-token": csrf, origin: server.url };
    expect((await fetch(`${server.url}/api/v1/session`, { headers })).status).toBe(200);
    expect((await fetch(`${server.url}/api/v1/session`, { method: "DELETE", headers })).status).toBe(200);
    expect((await fetch(`${server.url}/api/v1/session`, { headers })).status).toBe(401);
  });
});

describe("the OpenAPI document", () => {
  it("is version 3.1 and lists every route with its answer and its refusals", async () => {
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toMatch(/^3\.1\./);
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(operations.map((operation) => operation.operationId).sort()).toEqual([...names].sort());
    for (const name of names) {
      const operation = document.paths[`/api/v1${routes[name].path.replace(/:(\w+)/g, "{$1}")}`]?.[routes[name].method];
      expect(Object.keys(operation?.responses ?? {})).toEqual([String(("status" in routes[name] ? routes[name].status : undefined) ?? 200), "default"]);
    }
  });
});
