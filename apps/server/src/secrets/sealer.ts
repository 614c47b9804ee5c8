import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Encrypts with AES-256-GCM; `context` is authenticated, so that a sealed text cannot be moved to another row. */
export class Sealer {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error("The key must be 32 bytes.");
    this.#key = key;
  }

  seal(text: string, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")}`;
  }

  /** Throws when the text was not sealed with this key and context. */
  open(sealed: string, context: string): string {
    if (!sealed.startsWith("v1.")) throw new Error("This was sealed in a way that is not known.");
    const bytes = Buffer.from(sealed.slice(3), "base64url");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, 12)).setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  }
}
