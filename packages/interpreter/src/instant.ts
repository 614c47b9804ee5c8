import type { Json } from "@drawbridge/playbook";

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Epoch ms of an ISO 8601 date or time, UTC where it names no zone; a number is epoch ms already. Null when it is neither. */
export function instantOf(value: Json): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? Math.round(value) : null;
  const match = typeof value === "string" ? pattern.exec(value.trim()) : null;
  if (!match) return null;
  const zone = (match[3] ?? "Z").toUpperCase();
  const instant = Date.parse(`${match[1] ?? ""}T${match[2] ?? "00:00"}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
  return Number.isNaN(instant) ? null : instant;
}

/** Epoch ms as ISO 8601 in UTC. */
export function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}
