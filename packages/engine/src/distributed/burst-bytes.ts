const plain = 0;
const deflated = 1;

/** A burst's body as the bytes that PostgreSQL keeps: the first one says what follows. */
export function bytesOf(body: string | Buffer): Buffer {
  return typeof body === "string" ? Buffer.concat([Buffer.of(plain), Buffer.from(body)]) : Buffer.concat([Buffer.of(deflated), body]);
}

/** The body that the bytes hold. */
export function bodyOf(bytes: Buffer): string | Buffer {
  return bytes[0] === plain ? bytes.toString("utf8", 1) : bytes.subarray(1);
}
