import { nonceLength, sha256Hex } from "../sign-request.ts";
import type { FilledEndpointsSeed } from "./endpoints-seed.ts";

const allowedDriftMs = 5 * 60_000;

/** Checks who asks, as the vendor does; null when all is well, else why not. */
export function signatureCheck({ key }: FilledEndpointsSeed, clock: () => number): (headers: Headers) => Promise<string | null> {
  const used = new Map<string, number>();
  return async (headers) => {
    if (headers.get("x-xdr-auth-id") !== key.id) return "The API key ID is unknown.";
    const authorization = headers.get("authorization");
    if (key.type === "standard") return authorization === key.key ? null : "The API key is wrong.";
    const nonce = headers.get("x-xdr-nonce") ?? "";
    const timestamp = headers.get("x-xdr-timestamp") ?? "";
    if (nonce.length !== nonceLength || !/^[A-Za-z0-9]+$/.test(nonce)) return "The nonce is not 64 letters and digits.";
    if (!/^\d+$/.test(timestamp) || Math.abs(Number(timestamp) - clock()) > allowedDriftMs) return "The timestamp is too far from now.";
    if (authorization !== (await sha256Hex(`${key.key}${nonce}${timestamp}`))) return "The signature is wrong.";
    for (const [old, at] of used) if (at < clock() - 2 * allowedDriftMs) used.delete(old);
    if (used.has(nonce)) return "The nonce was used before.";
    used.set(nonce, clock());
    return null;
  };
}
