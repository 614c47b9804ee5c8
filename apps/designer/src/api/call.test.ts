import { afterEach, expect, it, vi } from "vitest";
import { addressOf, call, onSignedOut } from "./call.ts";

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const spy = vi.fn(async (_address: string, _init: RequestInit) => new Response(JSON.stringify(body), { status, headers }));
  vi.stubGlobal("fetch", spy);
  return spy;
};
const sent = (spy: ReturnType<typeof answered>) => {
  const [address, init] = spy.mock.calls[0] ?? [];
  return { address, method: init?.method, headers: init?.headers as Record<string, string>, body: init?.body };
};

afterEach(() => vi.unstubAllGlobals());

it("puts parameters and query into a route's address and leaves out what is undefined", () => {
  expect(addressOf("getReport", { params: { id: "CASE 1", report: "a/b" }, query: { format: "pdf" } })).toBe("/api/v1/cases/CASE%201/reports/a%2Fb?format=pdf");
  expect(addressOf("listRuns", { query: { search: undefined, limit: 5 } })).toBe("/api/v1/runs?limit=5");
});

it("sends the session's CSRF token and the version with a change, and gives back the new version", async () => {
  answered(200, { person: { id: "1", email: "a@b.c", name: "A", role: "admin" }, csrf: "secret-token", sampleWorld: false });
  await call("getSession");
  const spy = answered(200, {}, { etag: '"8"' });
  const { etag } = await call("saveDraft", { params: { id: "p" }, body: { name: "x" }, ifMatch: '"7"' });
  expect(sent(spy)).toMatchObject({ address: "/api/v1/playbooks/p/draft", method: "PUT", headers: { "x-csrf-token": "secret-token", "if-match": '"7"' }, body: '{"name":"x"}' });
  expect(etag).toBe('"8"');
});

it("throws the server's problem with its code, pointer and faults", async () => {
  answered(422, {
    type: "about:blank",
    title: "Not a playbook",
    status: 422,
    code: "invalid-document",
    detail: "No.",
    pointer: "/id",
    problems: [{ code: "invalid", message: "bad", pointer: "/id" }],
  });
  await expect(call("createPlaybook", { body: {} })).rejects.toMatchObject({
    code: "invalid-document",
    status: 422,
    pointer: "/id",
    problems: [{ pointer: "/id", message: "bad" }],
  });
});

it("tells that nobody is signed in any more, but not for a wrong password", async () => {
  let told = 0;
  const stop = onSignedOut(() => (told += 1));
  answered(401, { type: "about:blank", title: "Wrong", status: 401, code: "wrong-sign-in", detail: "No." });
  await expect(call("signIn", { body: { email: "a", password: "b" } })).rejects.toMatchObject({ code: "wrong-sign-in" });
  expect(told).toBe(0);
  await expect(call("getCatalog")).rejects.toMatchObject({ status: 401 });
  expect(told).toBe(1);
  stop();
});

it("says that the server cannot be reached when there is no answer", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("fetch failed");
  });
  await expect(call("getCatalog")).rejects.toMatchObject({ code: "unreachable" });
});

it("makes a problem of an answer that is not one", async () => {
  vi.stubGlobal("fetch", async () => new Response("<html>Bad gateway</html>", { status: 502 }));
  await expect(call("getCatalog")).rejects.toMatchObject({ code: "unreadable-answer", status: 502 });
});
