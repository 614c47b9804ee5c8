import type { Json } from "@drawbridge/playbook";
import { useState } from "react";
import { JsonTree } from "../../shared/JsonTree.tsx";
import { wordsText } from "../../shared/format.ts";
import classes from "./WarRoom.module.css";

type Row = { readonly [key: string]: Json };
const isRow = (value: Json): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);
const shownRows = 5;

/** What a command answered: lists of records as a table, the rest as a tree. */
export function EntryData({ data }: { data: Json }) {
  const [all, setAll] = useState(false);
  const table = tableOf(data);
  if (!table) {
    return (
      <div className={classes.tree}>
        <JsonTree value={data} label="Result" openTo={1} />
      </div>
    );
  }
  const columns = columnsOf(table);
  const rows = all ? table.slice(0, 500) : table.slice(0, shownRows);
  return (
    <div className={classes.result}>
      <div className={classes.resultScroll} tabIndex={0} role="region" aria-label="Result">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column}>{wordsText(column)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column}>{cellText(row[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.length > rows.length && (
        <button type="button" className={classes.all} onClick={() => setAll(true)}>
          Show {Math.min(table.length, 500)} rows
        </button>
      )}
    </div>
  );
}

function tableOf(data: Json): readonly Row[] | null {
  if (Array.isArray(data)) return data.length > 0 && (data as readonly Json[]).every(isRow) ? (data as readonly Row[]) : null;
  if (!isRow(data)) return null;
  const lists = Object.values(data).filter((value): value is readonly Row[] => Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every(isRow));
  return lists.length === 1 ? (lists[0] ?? null) : null;
}

/** Columns that hold plain values, the fullest first; six at most, in the order of the records. */
function columnsOf(rows: readonly Row[]): readonly string[] {
  const all = [...new Set(rows.slice(0, 50).flatMap((row) => Object.keys(row)))];
  const plain = all.filter((key) => rows.slice(0, 50).some((row) => row[key] !== null && row[key] !== undefined && typeof row[key] !== "object"));
  return (plain.length > 0 ? plain : all).slice(0, 6);
}

const cellText = (value: Json | undefined) => (value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
