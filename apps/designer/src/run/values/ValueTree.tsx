import { formatPath } from "@drawbridge/playbook";
import type { ValueEntry } from "@drawbridge/protocol";
import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { ProblemNote } from "../../shared/ProblemNote.tsx";
import { countText } from "../../shared/format.ts";
import { CopyPath } from "./CopyPath.tsx";
import { usePart } from "./use-part.ts";
import { sourceOf, type ValueSource } from "./value-source.ts";
import classes from "./values.module.css";

interface Place {
  readonly run: string;
  readonly source: ValueSource;
  /** Within the source. */
  readonly path: readonly string[];
  /** Of an expression that reads it; null where none can. */
  readonly named: readonly string[] | null;
}

/** A value as a tree; large parts are read when they are opened, a hundred entries at a time. */
export function ValueTree({ run, source, named, label }: Omit<Place, "path"> & { label: string }) {
  const path = useMemo(() => [], []);
  return (
    <ul className={classes.tree} role="tree" aria-label={label}>
      <Entries place={{ run, source, path, named }} depth={0} />
    </ul>
  );
}

function Entries({ place, depth }: { place: Place; depth: number }) {
  const part = usePart(place.source, place.path);
  if (part.error) return <ProblemNote error={part.error} />;
  return (
    <>
      {part.text !== undefined && (
        <li role="treeitem" aria-selected={false} className={classes.leaf}>
          <span className={classes.value} data-type="string">
            {part.text}
          </span>
        </li>
      )}
      {part.entries.map((entry) => (
        <Entry key={entry.key} entry={entry} above={place} depth={depth} />
      ))}
      {part.total === 0 && !part.pending && part.text === undefined && (
        <li role="none" className={classes.summary}>
          Empty
        </li>
      )}
      {part.pending && (
        <li role="none" className={classes.summary}>
          Reading …
        </li>
      )}
      {part.more && (
        <li role="none">
          <button type="button" className={classes.more} onClick={part.more}>
            Show more of {part.total.toLocaleString()} {part.text === undefined ? "entries" : "characters"}
          </button>
        </li>
      )}
    </>
  );
}

const openTo = 1;

function Entry({ entry, above, depth }: { entry: ValueEntry; above: Place; depth: number }) {
  const [open, setOpen] = useState(depth < openTo && entry.value !== undefined);
  const path = useMemo(() => (entry.key === "" && above.path.length === 0 ? above.path : [...above.path, entry.key]), [above.path, entry.key]);
  const named = above.named && (entry.key === "" ? above.named : [...above.named, entry.key]);
  const kept = useMemo(() => (entry.value === undefined ? null : sourceOf(above.run, entry.value)), [entry.value, above.run]);
  const copy = named && <CopyPath path={formatPath(named)} />;
  const isInner = entry.type === "object" || entry.type === "array";
  if (!isInner && entry.value !== undefined)
    return (
      <li role="treeitem" aria-selected={false} className={classes.leaf}>
        {entry.key !== "" && <span className={classes.key}>{entry.key}</span>}
        <span className={classes.value} data-type={entry.type}>
          {String(entry.value)}
        </span>
        {copy}
      </li>
    );
  const place: Place = kept?.kind === "kept" ? { run: above.run, source: kept, path: [], named } : { run: above.run, source: above.source, path, named };
  return (
    <li role="treeitem" aria-expanded={open} aria-selected={false}>
      <span className={classes.line}>
        <button type="button" className={classes.branch} onClick={() => setOpen(!open)}>
          <ChevronRight size={12} strokeWidth={2} aria-hidden className={classes.arrow} data-open={open || undefined} />
          <span className={classes.key}>{entry.key}</span>
          <span className={classes.summary}>{kept?.kind === "kept" ? "large" : sizeText(entry)}</span>
        </button>
        {copy}
      </span>
      {open && (
        <ul role="group" className={classes.group}>
          <Entries place={place} depth={depth + 1} />
        </ul>
      )}
    </li>
  );
}

export const sizeText = ({ type, total }: ValueEntry): string =>
  type === "array" ? countText(total, "item") : type === "object" ? countText(total, "field") : countText(total, "character");
