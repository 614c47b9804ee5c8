import { randomBytes } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id that sorts by time: nine characters of time and seven of chance, base32. */
export function newId(prefix: string, now: number): string {
  let time = "";
  for (let rest = now, left = 9; left > 0; left -= 1, rest = Math.floor(rest / 32)) time = alphabet.charAt(rest % 32) + time;
  return `${prefix}${time}${chance(7)}`;
}

/** Base32 characters of chance, five bits each. */
export const chance = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet.charAt(byte & 31)).join("");
