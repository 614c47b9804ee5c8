import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { randomNonce, signRequest } from "./sign-request.ts";

describe("signRequest", () => {
  it("signs with an advanced key as the vendor documents it", async () => {
    const nonce = "n".repeat(64);
    const headers = await signRequest({ id: "7", key: "the-key", type: "advanced" }, { nonce, now: 1_790_000_000_123 });
    expect(headers).toEqual({
      "x-xdr-auth-id": "7",
      "x-xdr-nonce": nonce,
      "x-xdr-timestamp": "1790000000123",
      authorization: createHash("sha256").update(`the-key${nonce}1790000000123`).digest("hex"),
    });
  });

  it("sends a standard key as it is", async () => {
    expect(await signRequest({ id: "7", key: "the-key", type: "standard" }, { nonce: "", now: 0 })).toEqual({ "x-xdr-auth-id": "7", authorization: "the-key" });
  });

  it("makes nonces of 64 letters and digits, never the same twice", () => {
    const nonces = Array.from({ length: 200 }, randomNonce);
    expect(nonces.every((nonce) => /^[A-Za-z0-9]{64}$/.test(nonce))).toBe(true);
    expect(new Set(nonces).size).toBe(200);
  });
});
