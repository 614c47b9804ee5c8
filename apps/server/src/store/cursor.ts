import { ProblemError } from "../problem-error.ts";

/** A list's place as text that means nothing to the client. */
export const writeCursor = (place: readonly (string | number | null)[]): string => Buffer.from(JSON.stringify(place)).toString("base64url");

/** Reads a cursor of `length` parts; refuses what no list has given out. */
export function readCursor(text: string | undefined, length: number): (string | number | null)[] | null {
  if (text === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (Array.isArray(place) && place.length === length && place.every((part) => part === null || typeof part === "string" || typeof part === "number")) return place;
  } catch {
    // said below
  }
  throw new ProblemError("invalid-request", "The cursor is not one that this list has given out.", { pointer: "/query/cursor" });
}
