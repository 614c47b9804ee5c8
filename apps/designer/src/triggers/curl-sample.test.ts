import { describe, expect, it } from "vitest";
import { curlSample, sampleBody } from "./curl-sample.ts";

describe("a webhook's sample request", () => {
  it("holds what the mapping reads, in place", () => {
    expect(
      sampleBody({ who: "{{ webhook.body.user.name }} of {{ webhook.body.user.team }}", n: "{{ webhook.body.n }}", q: "{{ webhook.query.q }}" }, [{ key: "n", type: "number" }]),
    ).toEqual({
      user: { name: "value", team: "value" },
      n: 1,
    });
  });

  it("holds every required input when the whole body is handed over", () => {
    expect(
      sampleBody(null, [
        { key: "who", type: "string", required: true },
        { key: "why", type: "string" },
      ]),
    ).toEqual({ who: "text" });
  });

  it("survives quotes in a shell, and signs timestamp and body where the webhook says so", () => {
    expect(curlSample("https://x/hooks/t", null, { a: "it's" })).toContain(`--data-raw '{"a":"it'\\''s"}'`);
    const signed = curlSample("https://x/hooks/t", { header: "X-Sig", timestampHeader: "X-At" }, {});
    expect(signed).toContain('"$timestamp.$body"');
    expect(signed).toContain('-H "X-Sig: sha256=$signature" \\\n  -H "X-At: $timestamp"');
  });
});
