/** The Message-ID of a sending: the idempotency key, readable, at the sender's domain. */
export function messageIdFor(idempotencyKey: string, from: string): string {
  const local = Array.from(new TextEncoder().encode(idempotencyKey), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9/_-]/.test(character) ? character : `=${byte.toString(16).padStart(2, "0")}`;
  }).join("");
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(/[^A-Za-z0-9.-]/g, "") || "drawbridge.invalid";
  return `<drawbridge.${local}@${domain}>`;
}
