import { createHash } from "node:crypto";

const hex = (text: string, bytes: number): string =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, 2 * bytes);

/** One trace for a run and all that it called, whichever processes they ran in; `root` is the run that nobody called. */
export const traceIdOf = (root: string): string => hex(`trace/${root}`, 16);

/** `stretch` is the seq of the rerun that began this stretch of the run, 0 for the first. */
export const runSpanId = (run: string, stretch: number): string => hex(`run/${run}/${stretch}`, 8);

export const stepSpanId = (run: string, step: string, stretch: number): string => hex(`step/${run}/${step}/${stretch}`, 8);
