import { expect, it } from "vitest";
import { CallRecorder, type HttpExchange, type RawExchange } from "./call-recorder.ts";
import { redactedExchange } from "./redacted-exchange.ts";

const bodyPart = (text: string) => ({ text, length: text.length });
const exchange: HttpExchange = {
  at: 0,
  ms: 12,
  method: "POST",
  url: "https://user:pass@api.example.com/v1/alerts?api_key=k-123&state=open",
  requestHeaders: { authorization: "Bearer t-123", "X-Api-Key": "k-123", "x-xdr-auth-id": "7", "content-type": "application/json", "x-note": "says s3cret-value" },
  requestBody: bodyPart(JSON.stringify({ password: 'p"4', nested: { client_secret: "c-1", pin: 5, accessToken: 42 }, user: "ana" })),
  status: 200,
  responseHeaders: { "set-cookie": "sid=1", date: "today" },
  responseBody: bodyPart("grant_type=x&refresh_token=r-1&state=open"),
  failure: null,
};

it("takes out what names say is secret, and what is known to be", () => {
  const shown = redactedExchange(exchange, (text) => text.replaceAll("s3cret-value", "•"));
  const text = JSON.stringify(shown);
  for (const secret of ["pass@", "k-123", "t-123", 'p\\\\\\"4', "c-1", "42", "sid=1", "r-1", "s3cret"]) expect(text, secret).not.toContain(secret);
  expect(shown.requestHeaders).toMatchObject({ "content-type": "application/json", "x-note": "says •", "x-xdr-auth-id": "••••••" });
  expect(shown.url).toContain("state=open");
  expect(shown.requestBody?.text).toContain('"user":"ana"');
  expect(shown.requestBody?.text).toContain('"pin":5');
  expect(shown.responseBody?.text).toBe("grant_type=x&refresh_token=••••••&state=open");
});

it("takes out a secret whose end was cut off", () => {
  const cut = { ...exchange, responseBody: { text: '{"access_token":"abcdefgh', length: 9_000 } };
  expect(redactedExchange(cut, (text) => text).responseBody).toEqual({ text: '{"access_token":"••••••"', length: 9_000 });
});

it("is bounded, and says how much was left out", () => {
  const recorder = new CallRecorder();
  const { signal } = new AbortController();
  const raw: RawExchange = {
    request: { method: "POST", path: "/", body: "x".repeat(10_000), headers: { accept: "text/plain" }, signal },
    url: "https://api.example.com/",
    always: { accept: "*/*", "user-agent": "Drawbridge" },
    answer: { status: 204, headers: {}, body: "" },
    failure: null,
    at: 0,
    ms: 1,
  };
  for (let index = 0; index < 25; index += 1) recorder.exchange(raw);
  for (let index = 0; index < 103; index += 1) recorder.line({ at: 0, message: "line", details: null });
  expect([recorder.exchanges.length, recorder.lines.length, recorder.left]).toEqual([20, 100, { exchanges: 5, lines: 3 }]);
  const [first] = recorder.exchanges;
  expect(first).toMatchObject({ status: 204, requestHeaders: { accept: "text/plain", "user-agent": "Drawbridge" }, responseBody: null });
  expect(first?.requestBody?.length).toBe(10_000);
  expect(first && redactedExchange(first, (text) => text).requestBody?.text).toHaveLength(4_000);
});
