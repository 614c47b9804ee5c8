const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time for people: "0.4 s", "11 m 48 s", "3 h 57 m", "2 d 4 h". */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * second) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  const parts =
    ms < hour
      ? ([Math.floor(ms / minute), "m", Math.floor((ms % minute) / second), "s"] as const)
      : ms < day
        ? ([Math.floor(ms / hour), "h", Math.floor((ms % hour) / minute), "m"] as const)
        : ([Math.floor(ms / day), "d", Math.floor((ms % day) / hour), "h"] as const);
  const [large, largeUnit, small, smallUnit] = parts;
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** The larger part alone: "3 h", "46 m", "under 1 m". */
export function roughDurationText(ms: number): string {
  if (ms < minute) return "under 1 m";
  if (ms < hour) return `${Math.floor(ms / minute)} m`;
  if (ms < day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const dayAndClock = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "medium", hour12: false });
const date = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const clockText = (at: number | string) => clock.format(new Date(at));
export const dayAndClockText = (at: number | string) => dayAndClock.format(new Date(at));
export const wholeTimeText = (at: number | string) => whole.format(new Date(at));

/** "Today", "Yesterday" or the date. */
export function dayText(at: number | string, now: number): string {
  const start = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((start(now) - start(new Date(at).getTime())) / day);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.format(new Date(at));
}

/** "just now", "4 m ago", "Yesterday", "3 Nov". */
export function relativeText(at: number | string, now: number): string {
  const time = new Date(at).getTime();
  const ago = now - time;
  if (Math.abs(ago) < minute) return "just now";
  if (ago < 0) return `in ${roughDurationText(-ago)}`;
  if (ago < day) return `${roughDurationText(ago)} ago`;
  const named = dayText(at, now);
  return named === "Yesterday" ? named : dayAndClockText(at);
}

/** "18.4 MB", "612 B". */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"] as const;
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

export const countText = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** "removable-media" to "Removable media"; whatever is already written for people stays. */
export function wordsText(slug: string): string {
  const words = /^[A-Za-z0-9]+([-_ ][A-Za-z0-9]+)*$/.test(slug) ? slug.replaceAll(/[-_]/g, " ") : slug;
  const spaced = words.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
  const calm = spaced === words && words !== words.toUpperCase() ? words : spaced.toLowerCase();
  return calm.charAt(0).toUpperCase() + calm.slice(1);
}
