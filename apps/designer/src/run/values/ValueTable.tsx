import { formatPath, type Json } from "@drawbridge/playbook";
import type { ValueEntry } from "@drawbridge/protocol";
import { ProblemNote } from "../../shared/ProblemNote.tsx";
import { CopyPath } from "./CopyPath.tsx";
import { usePart } from "./use-part.ts";
import type { ValueSource } from "./value-source.ts";
import { sizeText } from "./ValueTree.tsx";
import classes from "./values.module.css";

const mostColumns = 30;

/** A list of objects, a row each; what is no object has one column. */
export function ValueTable({ source, path, named, label }: { source: ValueSource; path: readonly string[]; named: readonly string[] | null; label: string }) {
  const part = usePart(source, path);
  const fields = new Set<string>();
  for (const { value } of part.entries) if (isRow(value)) for (const key of Object.keys(value)) fields.add(key);
  const columns = [...fields].slice(0, mostColumns);
  const plain = part.entries.some(({ value, type }) => !isRow(value) || type !== "object");
  if (part.error) return <ProblemNote error={part.error} />;
  return (
    <>
      <div className={classes.tableBox} tabIndex={0} role="region" aria-label={label}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
              {plain && <th scope="col">Value</th>}
            </tr>
          </thead>
          <tbody>
            {part.entries.map((entry) => (
              <tr key={entry.key}>
                <th scope="row">
                  {Number(entry.key) + 1}
                  {named && <CopyPath path={formatPath([...named, entry.key])} />}
                </th>
                {columns.map((column) => (
                  <td key={column}>{isRow(entry.value) ? cellText(entry.value[column]) : ""}</td>
                ))}
                {plain && <td>{isRow(entry.value) ? "" : entry.value === undefined ? sizeText(entry) : cellText(entry.value)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {part.pending && <p className={classes.summary}>Reading …</p>}
      {part.more && (
        <button type="button" className={classes.more} onClick={part.more}>
          Show more of {part.total.toLocaleString()} rows
        </button>
      )}
      {fields.size > mostColumns && (
        <p className={classes.summary}>
          The first {mostColumns} of {fields.size} columns are shown; the tree has all.
        </p>
      )}
    </>
  );
}

const isRow = (value: ValueEntry["value"]): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

function cellText(value: Json | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "object" || value === null) return String(value);
  return JSON.stringify(value);
}
