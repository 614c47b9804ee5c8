import type { CaseDetail, RunSummary, WarRoomEntry } from "@drawbridge/protocol";

export interface Moment {
  readonly key: string;
  readonly at: string;
  readonly kind: "case" | "sla" | "run" | "entry" | "evidence" | "file";
  readonly by: string;
  readonly text: string;
  readonly integration: string | null;
}

/** Everything that happened, oldest first: the files that left, the case, its clocks, its runs and its war room. */
export function timelineOf(detail: CaseDetail, runs: readonly RunSummary[], entries: readonly WarRoomEntry[]): readonly Moment[] {
  const moments: Moment[] = [
    { key: "opened", at: detail.createdAt, kind: "case", by: detail.id, text: "The case was opened", integration: null },
    ...(detail.closedAt === null ? [] : [{ key: "closed", at: detail.closedAt, kind: "case" as const, by: detail.id, text: "The case was closed", integration: null }]),
    ...detail.slas.flatMap((clock): Moment[] => [
      { key: `${clock.id}-start`, at: clock.startedAt, kind: "sla", by: clock.name, text: "The clock was started", integration: null },
      ...(clock.stoppedAt === null
        ? []
        : [
            {
              key: `${clock.id}-stop`,
              at: clock.stoppedAt,
              kind: "sla" as const,
              by: clock.name,
              text: clock.state === "missed" ? "The clock was stopped, too late" : "The clock was stopped in time",
              integration: null,
            },
          ]),
    ]),
    ...runs.flatMap((run): Moment[] => [
      { key: `${run.id}-start`, at: run.startedAt, kind: "run", by: run.playbook.name, text: "The run began", integration: null },
      ...(run.endedAt === null ? [] : [{ key: `${run.id}-end`, at: run.endedAt, kind: "run" as const, by: run.playbook.name, text: `The run ${run.status}`, integration: null }]),
    ]),
    ...entries.map((entry): Moment => ({
      key: entry.id,
      at: entry.at,
      kind: "entry",
      by: entry.stepName ?? entry.by?.name ?? "Drawbridge",
      text: entry.text,
      integration: entry.integration,
    })),
    ...detail.fileEvents
      .slice(0, 200)
      .map((event): Moment => ({ key: `file-${event.id}`, at: event.at, kind: "file", by: event.fileName, text: `Left to ${event.destination}`, integration: null })),
  ];
  return moments.sort((one, other) => one.at.localeCompare(other.at));
}
