import type { FileEvent } from "@drawbridge/protocol";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { ChevronDown, ChevronUp, Cloud, Download, FileText, Globe, HardDrive, type LucideIcon, Mail, ListFilter, Usb } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "../../shared/Badge.tsx";
import { bytesText, countText, wordsText } from "../../shared/format.ts";
import { download } from "../../shared/download.ts";
import { EmptyState } from "../../shared/EmptyState.tsx";
import { VirtualList } from "../../shared/VirtualList.tsx";
import { FileEventDetail } from "./FileEventDetail.tsx";
import { fileEventsCsv } from "./file-events-csv.ts";
import classes from "./FileEventsGrid.module.css";
import { fileEventsShown, type SortKey, type Sorting } from "./sort-file-events.ts";

export const destinationIcons: { readonly [Kind in FileEvent["destinationKind"]]: LucideIcon } = {
  "removable-media": Usb,
  "cloud-sync": Cloud,
  browser: Globe,
  email: Mail,
  other: HardDrive,
};

const heads: readonly { readonly key: SortKey; readonly label: string; readonly className?: string | undefined }[] = [
  { key: "fileName", label: "File" },
  { key: "filePath", label: "Path", className: classes.path },
  { key: "fileSize", label: "Size", className: classes.size },
  { key: "fileCategory", label: "Category", className: classes.category },
  { key: "destination", label: "Destination" },
  { key: "fileOwner", label: "Owner", className: classes.owner },
];

const shortHash = (hash: string) => `${hash.slice(0, 4)}…${hash.slice(-4)}`;

/** The files that left: sorted, filtered, exported, each row opening to all that is known of it. */
export function FileEventsGrid({ caseId, events, mayEdit }: { caseId: string; events: readonly FileEvent[]; mayEdit: boolean }) {
  const [sorting, setSorting] = useState<Sorting>({ key: "at", down: false });
  const [filter, setFilter] = useState<string | null>(null);
  const [opened, setOpened] = useState<FileEvent | null>(null);
  const shown = useMemo(() => fileEventsShown(events, filter ?? "", sorting), [events, filter, sorting]);
  const destinations = useMemo(() => byDestination(events), [events]);
  return (
    <section className={`card ${classes.grid}`} aria-label="File events">
      <header className={classes.head}>
        File events
        <Badge>{events.length.toLocaleString()}</Badge>
        <span className="grow" />
        {filter === null ? (
          <Button size="sm" variant="subtle" leftSection={<ListFilter size={14} aria-hidden />} onClick={() => setFilter("")} disabled={events.length === 0}>
            Filter
          </Button>
        ) : (
          <TextInput
            size="xs"
            autoFocus
            aria-label="Filter the file events"
            placeholder="Name, path, hash, owner"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            rightSection={<CloseButton size="sm" aria-label="End the filter" onClick={() => setFilter(null)} />}
            w={220}
          />
        )}
        <Button
          size="sm"
          variant="subtle"
          leftSection={<Download size={14} aria-hidden />}
          disabled={events.length === 0}
          onClick={() => download(`${caseId}-file-events.csv`, fileEventsCsv(shown), "text/csv")}
        >
          CSV
        </Button>
      </header>
      {events.length === 0 ? (
        <EmptyState title="No file events yet">They appear when the playbook has read them from the alert.</EmptyState>
      ) : (
        <>
          <div className={`${classes.row} ${classes.labels}`} role="group" aria-label="Order of the file events">
            {heads.map((head) => {
              const on = sorting.key === head.key;
              const Arrow = sorting.down ? ChevronDown : ChevronUp;
              return (
                <button
                  key={head.key}
                  type="button"
                  className={`${classes.label} ${head.className ?? ""}`}
                  aria-pressed={on}
                  aria-label={`Order by ${head.label}${on ? (sorting.down ? ", descending" : ", ascending") : ""}`}
                  onClick={() => setSorting({ key: head.key, down: on ? !sorting.down : head.key === "fileSize" })}
                >
                  {head.label}
                  {on && <Arrow size={12} aria-hidden />}
                </button>
              );
            })}
            <span className={classes.hash}>SHA-256</span>
          </div>
          <div className={classes.body} style={{ height: Math.min(Math.max(shown.length, 1), 12) * 38 }}>
            {shown.length === 0 ? (
              <p className={classes.none}>No file event matches.</p>
            ) : (
              <VirtualList items={shown} keyOf={(event) => event.id} height={38} label="File events" more={nothing}>
                {(event) => <Row event={event} onOpen={() => setOpened(event)} />}
              </VirtualList>
            )}
          </div>
          <footer className={classes.foot}>
            {destinations.map(({ name, kind, count, bytes }) => {
              const Icon = destinationIcons[kind];
              return (
                <span key={name} className="row">
                  <Icon size={14} strokeWidth={1.75} aria-hidden />
                  {name}
                  <b className="num">
                    {countText(count, "file")}, {bytesText(bytes)}
                  </b>
                </span>
              );
            })}
          </footer>
        </>
      )}
      {opened && <FileEventDetail caseId={caseId} event={opened} mayEdit={mayEdit} onClose={() => setOpened(null)} />}
    </section>
  );
}

/** "SourceCode" to "Source code"; PDF stays what it is. */
const categoryText = (category: string) => (/^pdf$/i.test(category) ? "PDF" : category === "" ? "" : wordsText(category));

const nothing = () => undefined;

function Row({ event, onOpen }: { event: FileEvent; onOpen: () => void }) {
  const Icon = destinationIcons[event.destinationKind];
  return (
    <button type="button" className={`${classes.row} ${classes.event}`} onClick={onOpen}>
      <span className={classes.file}>
        <FileText size={14} strokeWidth={1.75} aria-hidden />
        <b className="cut">{event.fileName}</b>
      </span>
      <span className={`${classes.path} cut secondary`} title={event.filePath}>
        {event.filePath}
      </span>
      <span className={`${classes.size} num`}>{event.fileSize === null ? "" : bytesText(event.fileSize)}</span>
      <span className={`${classes.category} cut secondary`}>{categoryText(event.fileCategory)}</span>
      <span className={classes.file}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        <span className="cut">{event.destination}</span>
      </span>
      <span className={`${classes.owner} cut secondary`}>{event.fileOwner ?? ""}</span>
      <span className={`${classes.hash} mono secondary`}>{event.sha256 === null ? "" : shortHash(event.sha256)}</span>
    </button>
  );
}

function byDestination(events: readonly FileEvent[]) {
  const found = new Map<string, { name: string; kind: FileEvent["destinationKind"]; count: number; bytes: number }>();
  for (const event of events) {
    const entry = found.get(event.destination) ?? { name: event.destination, kind: event.destinationKind, count: 0, bytes: 0 };
    entry.count += 1;
    entry.bytes += event.fileSize ?? 0;
    found.set(event.destination, entry);
  }
  return [...found.values()].sort((one, other) => other.count - one.count).slice(0, 5);
}
