import { describe, expect, it } from "vitest";
import * as z from "zod";
import { ActionError } from "../action-error.ts";
import type { Json } from "../json.ts";
import type { HttpRequest } from "./http-transport.ts";
import { createJsonClient } from "./json-client.ts";

const signal = new AbortController().signal;
const now = Date.UTC(2026, 10, 24);

function client(status: number, body: string, headers: Record<string, string> = {}) {
  const sent: HttpRequest[] = [];
  const transport = async (request: HttpRequest) => {
    sent.push(request);
    return { status, headers, body };
  };
  const messageOf = (json: Json) => (typeof json === "object" && json !== null && "message" in json ? String(json.message) : null);
  return { sent, json: createJsonClient({ vendor: "Acme", transport, now: () => now, secrets: ["s3cret-token"], messageOf }) };
}

async function failure(status: number, body: string, headers: Record<string, string> = {}, reads = false): Promise<ActionError> {
  const thrown: unknown = await client(status, body, headers)
    .json.request({ method: "POST", path: "/x", reads, signal }, z.object({ ok: z.boolean() }))
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ActionError);
  return thrown as ActionError;
}

describe("a JSON client", () => {
  it("sends JSON and reads JSON", async () => {
    const { json, sent } = client(200, '{"ok":true,"more":1}');
    expect(await json.request({ method: "POST", path: "/x", body: { a: 1 }, signal }, z.object({ ok: z.boolean() }))).toEqual({ ok: true });
    expect(sent[0]).toMatchObject({ body: '{"a":1}', headers: { "content-type": "application/json", accept: "application/json" } });
  });

  it.each([
    [400, "rejected", false],
    [401, "authentication-failed", false],
    [403, "permission-denied", false],
    [404, "not-found", false],
    [409, "conflict", false],
    [422, "rejected", false],
    [429, "rate-limited", true],
    [500, "unavailable", true],
    [503, "unavailable", true],
  ] as const)("maps %i to %s", async (status, code, retryable) => {
    expect(await failure(status, '{"message":"Because."}')).toMatchObject({ code, retryable, message: `Acme answered ${status}: Because.`, details: { status } });
  });

  it("reads Retry-After in seconds and as a date, and caps it at an hour", async () => {
    expect((await failure(429, "", { "retry-after": "7" })).retryAfterMs).toBe(7_000);
    expect((await failure(503, "", { "retry-after": new Date(now + 90_000).toUTCString() })).retryAfterMs).toBe(90_000);
    expect((await failure(429, "", { "retry-after": "999999" })).retryAfterMs).toBe(3_600_000);
    expect((await failure(429, "", { "retry-after": "soon" })).retryAfterMs).toBeUndefined();
  });

  it("blacks out secrets that the vendor repeats", async () => {
    expect((await failure(401, '{"message":"Bad token s3cret-token."}')).message).toBe("Acme answered 401: Bad token •••.");
  });

  it("leaves doubt after a broken change, and none after a broken read or a plain refusal", async () => {
    expect((await failure(502, "")).uncertain).toBe(true);
    expect((await failure(502, "", {}, true)).uncertain).toBe(false);
    expect((await failure(503, "")).uncertain).toBe(false);
  });

  it("calls an answer that is no JSON, or of another form, invalid-response", async () => {
    expect((await failure(200, "<html>")).code).toBe("invalid-response");
    expect(await failure(200, '{"ok":"yes"}')).toMatchObject({ code: "invalid-response", details: { problems: [{ path: "ok" }] } });
  });
});
