/** How a key proves itself: an advanced key signs, a standard key is sent as it is. */
export interface CortexXdrKey {
  readonly id: string;
  readonly key: string;
  readonly type: "advanced" | "standard";
}

export const nonceLength = 64;

/** The headers that authenticate a request; an advanced key's are good for one request, near `now`. */
export async function signRequest({ id, key, type }: CortexXdrKey, { nonce, now }: { readonly nonce: string; readonly now: number }): Promise<Record<string, string>> {
  if (type === "standard") return { "x-xdr-auth-id": id, authorization: key };
  const timestamp = String(now);
  return { "x-xdr-auth-id": id, "x-xdr-nonce": nonce, "x-xdr-timestamp": timestamp, authorization: await sha256Hex(`${key}${nonce}${timestamp}`) };
}

export async function sha256Hex(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** 64 letters and digits from the system's random source; bytes that would favour some letters are passed over. */
export function randomNonce(): string {
  let nonce = "";
  while (nonce.length < nonceLength) {
    for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(nonceLength))) {
      if (byte < 248 && nonce.length < nonceLength) nonce += alphabet[byte % alphabet.length];
    }
  }
  return nonce;
}
