import { randomBytes } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Chance is drawn for many ids at once, since each draw costs more than an id. */
const perDraw = 9 * 256;
let drawn = Buffer.alloc(0);
let used = 0;

function chanceBytes(): Buffer {
  if (used >= drawn.length) {
    drawn = randomBytes(perDraw);
    used = 0;
  }
  used += 9;
  return drawn.subarray(used - 9, used);
}

/** Base32 in 18 characters: nine of time, so that ids sort by it, and nine of chance (45 bits). */
export function newRunId(now: number): string {
  let chance = "";
  for (const byte of chanceBytes()) chance += alphabet.charAt(byte & 31);
  return firstRunIdAt(now) + chance;
}

/** What sorts before every run of that time and later, and after every earlier one; epoch ms. */
export function firstRunIdAt(at: number): string {
  let time = "";
  for (let rest = Math.max(0, Math.floor(at)), left = 9; left > 0; left -= 1, rest = Math.floor(rest / 32)) time = alphabet.charAt(rest % 32) + time;
  return time;
}

/** The run that an effect id belongs to. */
export function runOfEffect(effect: string): string {
  const end = effect.indexOf("/");
  return end === -1 ? effect : effect.slice(0, end);
}
