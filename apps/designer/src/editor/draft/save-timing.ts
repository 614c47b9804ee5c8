const pauseMs = 400;
const latestMs = 900;
const firstAgainMs = 1_000;
const lastAgainMs = 10_000;

/** In how many ms to save: after a pause of typing, and never later than 0.9 s after the first change that is not saved, however one types. Times are epoch ms. */
export const saveIn = (now: number, firstChange: number, lastChange: number): number => Math.max(0, Math.min(lastChange + pauseMs, firstChange + latestMs) - now);

/** In how many ms to try again after so many failures in a row, one or more. */
export const retryIn = (failures: number): number => Math.min(lastAgainMs, firstAgainMs * 2 ** (failures - 1));
