import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A token of 256 bits for a webhook's address. */
export const newToken = (): string => randomBytes(32).toString("base64url");

export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** How a webhook is signed, as it is stored. */
export interface HookSignature {
  readonly header: string;
  readonly timestampHeader: string | null;
}

const toleranceMs = 5 * 60_000;

/** Why a request's signature does not hold, or null. With a timestamp header, `<timestamp>.<body>` is signed. */
export function signatureProblem(signature: HookSignature, secret: string, header: (name: string) => string | undefined, body: Buffer, now: number): string | null {
  const given = header(signature.header);
  if (given === undefined) return `The header ${signature.header} is missing.`;
  const mac = createHmac("sha256", secret);
  if (signature.timestampHeader !== null) {
    const stamp = header(signature.timestampHeader);
    if (stamp === undefined) return `The header ${signature.timestampHeader} is missing.`;
    const at = /^\d+$/.test(stamp) ? Number(stamp) * (stamp.length > 11 ? 1 : 1_000) : Date.parse(stamp);
    if (!(Math.abs(now - at) <= toleranceMs)) return `The time in ${signature.timestampHeader} is more than five minutes off, or cannot be read.`;
    mac.update(`${stamp}.`);
  }
  const expected = mac.update(body).digest();
  const sent = Buffer.from(given.replace(/^sha256=/i, "").trim(), "hex");
  return sent.length === expected.length && timingSafeEqual(sent, expected) ? null : "The signature is not that of this body.";
}
