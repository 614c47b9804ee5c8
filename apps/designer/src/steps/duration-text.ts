import { durationMs } from "@drawbridge/playbook";

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** An ISO 8601 duration for people: `PT90S` is "1 min 30 s". Whatever is not a duration stays as it is. */
export function durationText(iso: string): string {
  const total = durationMs(iso);
  if (total === null) return iso;
  if (total === 0) return "0 s";
  let rest = total;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = unit === "s" ? rest / size : Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(" ");
}
