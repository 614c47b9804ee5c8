import { ProblemError } from "../problem-error.ts";
import { hashOf } from "./document.ts";

/** The strong validator of what is being edited: its text, and the live version it stands beside. */
export const etagOf = (text: string, live: number | null, draft: boolean): string => `"${hashOf(`${live ?? 0} ${draft ? "draft" : "live"} ${text}`)}"`;

/** Refuses a change of something else than what the client has read. */
export function demandMatch(ifMatch: string, etag: string): void {
  const given = ifMatch.split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (given.includes("*") || given.some((each) => each === etag || `"${each}"` === etag)) return;
  throw new ProblemError("stale-version", "Somebody else has changed this since you opened it. Read it again, then make your change.");
}
