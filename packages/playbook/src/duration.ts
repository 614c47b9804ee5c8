import * as z from "zod";

const pattern = /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;
const units = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. `PT30S`. */
export const duration = z.string().regex(pattern, "must be an ISO 8601 duration such as PT30S, PT5M or P1D");

/** The length of an ISO 8601 duration in milliseconds, or null when the text is not one. */
export function durationMs(text: string): number | null {
  const match = pattern.exec(text);
  if (!match) return null;
  return Math.round(units.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0));
}
