const formats = new Map<string, Intl.DateTimeFormat>();

/** A tick as the clocks of its time zone show it: "Wed 25 Nov, 09:00". */
export function tickText(at: string, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false });
    formats.set(zone, format);
  }
  return format.format(new Date(at));
}
