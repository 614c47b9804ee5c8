import { durationMs } from "../../duration.ts";
import type { Json } from "../../json.ts";
import { asNumber, asText } from "./coerce.ts";
import { type Meter, type Operator, mayTake, operator, takes } from "./operator.ts";

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const largest = 8.64e15;

function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone === "" || /^(z|utc)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : null;
}

function fromParts(match: RegExpExecArray): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const offset = offsetMinutes(match[8]);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? "0").padEnd(3, "0").slice(0, 3))));
  date.setUTCFullYear(year + (date.getUTCFullYear() - new Date(Date.UTC(year, month - 1, day)).getUTCFullYear()));
  if (offset === null || month < 1 || month > 12 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return null;
  return date.getTime() - offset * 60_000;
}

/** Epoch ms of an ISO 8601 time (UTC when it names no zone) or of an epoch in seconds or ms; null when it is neither. */
export function instantMs(value: Json | undefined): number | null {
  const match = typeof value === "string" ? iso.exec(value.trim()) : null;
  if (match) return fromParts(match);
  const epoch = typeof value === "boolean" ? null : asNumber(value);
  if (epoch === null) return null;
  const ms = Math.abs(epoch) < 1e11 ? epoch * 1_000 : epoch;
  return Math.abs(ms) <= largest ? Math.round(ms) : null;
}

const asIso = (ms: number | null): Json => (ms === null || Math.abs(ms) > largest ? null : new Date(ms).toISOString());

function signedDuration(value: Json | undefined): number | null {
  if (typeof value !== "string") return null;
  const length = durationMs(value.replace(/^-/, ""));
  return length === null ? null : value.startsWith("-") ? -length : length;
}

const unitMs: { readonly [unit: string]: number } = { milliseconds: 1, seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 };

function difference([from, to, unit]: readonly Json[]): Json {
  const [start, end] = [instantMs(from), instantMs(to)];
  const length = unitMs[typeof unit === "string" ? unit : "seconds"];
  return start === null || end === null || length === undefined ? null : Math.trunc((end - start) / length);
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const two = (number: number): string => String(number).padStart(2, "0");

const fields: { readonly [token: string]: (date: Date) => string } = {
  yyyy: (date) => String(date.getUTCFullYear()).padStart(4, "0"),
  MMMM: (date) => months[date.getUTCMonth()] ?? "",
  MMM: (date) => (months[date.getUTCMonth()] ?? "").slice(0, 3),
  MM: (date) => two(date.getUTCMonth() + 1),
  dd: (date) => two(date.getUTCDate()),
  d: (date) => String(date.getUTCDate()),
  HH: (date) => two(date.getUTCHours()),
  mm: (date) => two(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
  SSS: (date) => String(date.getUTCMilliseconds()).padStart(3, "0"),
  EEEE: (date) => weekdays[date.getUTCDay()] ?? "",
  EEE: (date) => (weekdays[date.getUTCDay()] ?? "").slice(0, 3),
};

function format([value, pattern, zone]: readonly Json[], meter: Meter): Json {
  const [ms, offset] = [instantMs(value), offsetMinutes(zone === undefined || zone === null ? undefined : asText(zone, meter))];
  if (ms === null || offset === null || Math.abs(ms + offset * 60_000) > largest) return null;
  const date = new Date(ms + offset * 60_000);
  const wanted = pattern === undefined || pattern === null ? "yyyy-MM-dd HH:mm" : asText(pattern, meter);
  return wanted.replaceAll(/'([^']*)'|yyyy|MMMM|MMM|MM|dd|d|HH|mm|ss|SSS|EEEE|EEE/g, (token, quoted: string | undefined) => quoted ?? fields[token]?.(date) ?? token);
}

function compare(operands: readonly Json[], holds: (a: number, b: number) => boolean): boolean {
  const [a, b] = [instantMs(operands[0]), instantMs(operands[1])];
  return a !== null && b !== null && holds(a, b);
}

const date = takes("date", "date");
const other = takes("other", "date");
const unit = mayTake("unit", "text");

/** Operators on times: ISO 8601 texts or epochs. What is no time gives null, and compares as false. The current time is the path `now`. */
export const dateOperators: readonly Operator[] = [
  operator(
    "date",
    "date-add",
    "The time a duration later; `-P1D` is a day earlier.",
    [date, takes("duration", "duration")],
    { logic: { "date-add": ["2026-01-31T08:00:00Z", "P1DT2H"] }, value: "2026-02-01T10:00:00.000Z" },
    ([value, length]) => {
      const [ms, added] = [instantMs(value), signedDuration(length)];
      return ms === null || added === null ? null : asIso(ms + added);
    },
  ),
  operator(
    "date",
    "date-diff",
    "From one time to another, in whole milliseconds, seconds (when none is given), minutes, hours, days or weeks.",
    [date, other, unit],
    { logic: { "date-diff": ["2026-01-01", "2026-01-03", "days"] }, value: 2 },
    difference,
  ),
  operator(
    "date",
    "format-date",
    "As text by a pattern of yyyy MM MMM MMMM dd d EEE EEEE HH mm ss SSS and 'quoted' text, in UTC or at an offset such as +02:00.",
    [date, mayTake("pattern", "text"), mayTake("offset", "text")],
    { logic: { "format-date": ["2026-03-05T09:30:00Z", "d MMMM yyyy, HH:mm", "+01:00"] }, value: "5 March 2026, 10:30" },
    format,
  ),
  operator("date", "to-date", "As an ISO 8601 time in UTC.", [date], { logic: { "to-date": 1767225600 }, value: "2026-01-01T00:00:00.000Z" }, ([value]) => asIso(instantMs(value))),
  operator("date", "to-epoch", "As an epoch, in seconds or in milliseconds.", [date, unit], { logic: { "to-epoch": "2026-01-01" }, value: 1767225600 }, ([value, wanted]) => {
    const ms = instantMs(value);
    return ms === null ? null : wanted === "milliseconds" ? ms : Math.floor(ms / 1_000);
  }),
  operator("date", "before", "Whether a time is before another.", [date, other], { logic: { before: ["2026-01-01", "2026-01-02"] }, value: true }, (operands) =>
    compare(operands, (a, b) => a < b),
  ),
  operator("date", "after", "Whether a time is after another.", [date, other], { logic: { after: ["2026-01-01", "2026-01-02"] }, value: false }, (operands) =>
    compare(operands, (a, b) => a > b),
  ),
  operator(
    "date",
    "same-time",
    "Whether two times are the same.",
    [date, other],
    { logic: { "same-time": ["2026-01-01T01:00:00+01:00", "2026-01-01"] }, value: true },
    (operands) => compare(operands, (a, b) => a === b),
  ),
];
