import * as z from "zod";

const pattern = /^P(?=\d|T\d)(?:(\d{1,5})W|(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?)$/;

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds, e.g. PT1H30M. */
export const duration = z.string().regex(pattern, { error: "Write a duration such as PT1H, PT30M or P2D." });

/** A duration in ms. */
export function durationMs(text: string): number {
  const [, weeks, days, hours, minutes, seconds] = pattern.exec(text) ?? [];
  const total = Number(weeks ?? 0) * 604_800 + Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return total * 1000;
}
