import { ProblemError } from "../problem-error.ts";
import { hashOf } from "./document.ts";

/** The strong validator of a draft: its text, and the version it was made from. */
export const draftEtag = (text: string, base: number | null): string => `"${hashOf(`${base ?? 0} ${text}`)}"`;

/** The strong validator of a published version, which never changes. */
export const versionEtag = (version: number): string => `"v${version}"`;

/** The version that a client has read, when that is what it names. */
export function versionIn(ifMatch: string): number | null {
  const named = /^(?:W\/)?"v([1-9]\d{0,8})"$/.exec(ifMatch.trim());
  return named ? Number(named[1]) : null;
}

/** Refuses a change of something else than what the client has read. */
export function demandMatch(ifMatch: string, etag: string): void {
  const given = ifMatch.split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (given.includes("*") || given.some((each) => each === etag || `"${each}"` === etag)) return;
  throw new ProblemError("stale-version", "Somebody else has changed this since you opened it. Read it again, then make your change.");
}
