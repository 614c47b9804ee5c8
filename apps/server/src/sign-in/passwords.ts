import { randomBytes } from "node:crypto";

const lazily = () => import("@node-rs/argon2");
let decoy: Promise<string> | null = null;

/** Argon2id with the library's settings (19 MiB, two passes). */
export const hashPassword = async (password: string): Promise<string> => (await lazily()).hash(password);

/** Compares; without a hash it takes as long, so that nobody learns who exists. */
export async function passwordMatches(hash: string | undefined, password: string): Promise<boolean> {
  const { verify } = await lazily();
  decoy ??= hashPassword(randomBytes(18).toString("base64url"));
  const matches = await verify(hash ?? (await decoy), password);
  return hash !== undefined && matches;
}
