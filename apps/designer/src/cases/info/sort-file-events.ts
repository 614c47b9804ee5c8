import type { FileEvent } from "@drawbridge/protocol";

export type SortKey = "fileName" | "filePath" | "fileSize" | "fileCategory" | "destination" | "fileOwner" | "at";
export interface Sorting {
  readonly key: SortKey;
  readonly down: boolean;
}

/** The events that hold every word of the filter, in the chosen order. */
export function fileEventsShown(events: readonly FileEvent[], filter: string, sorting: Sorting): readonly FileEvent[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = words.length === 0 ? [...events] : events.filter((event) => words.every((word) => textOf(event).includes(word)));
  const sign = sorting.down ? -1 : 1;
  return kept.sort((one, other) => sign * compare(one[sorting.key], other[sorting.key]));
}

const textOf = (event: FileEvent) => [event.fileName, event.filePath, event.fileCategory, event.destination, event.sha256, event.md5, event.fileOwner].join("\n").toLowerCase();

function compare(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null) return -1;
  if (other === null) return 1;
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), undefined, { numeric: true });
}
