import type { Json } from "@drawbridge/playbook";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import classes from "./JsonTree.module.css";

const page = 100;

/** A JSON value as a tree that opens and folds; long lists open in hundreds. */
export function JsonTree({ value, name, openTo = 1, label }: { value: Json; name?: string; openTo?: number; label?: string }) {
  return (
    <ul className={classes.tree} role="tree" aria-label={label ?? name ?? "Value"}>
      <Node value={value} name={name} depth={0} openTo={openTo} />
    </ul>
  );
}

function Node({ value, name, depth, openTo }: { value: Json; name?: string | undefined; depth: number; openTo: number }) {
  const [open, setOpen] = useState(depth < openTo);
  const [shown, setShown] = useState(page);
  if (typeof value !== "object" || value === null) {
    return (
      <li role="treeitem" aria-selected={false} className={classes.leaf}>
        {name !== undefined && <span className={classes.key}>{name}</span>}
        <Scalar value={value} />
      </li>
    );
  }
  const entries: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((item, index) => [String(index), item] as const)
    : Object.entries(value);
  const summary = Array.isArray(value) ? `${entries.length} ${entries.length === 1 ? "item" : "items"}` : `${entries.length} ${entries.length === 1 ? "field" : "fields"}`;
  return (
    <li role="treeitem" aria-expanded={open} aria-selected={false}>
      <button type="button" className={classes.branch} onClick={() => setOpen(!open)}>
        <ChevronRight size={12} strokeWidth={2} aria-hidden className={classes.arrow} data-open={open || undefined} />
        {name !== undefined && <span className={classes.key}>{name}</span>}
        <span className={classes.summary}>{summary}</span>
      </button>
      {open && entries.length > 0 && (
        <ul role="group" className={classes.group}>
          {entries.slice(0, shown).map(([key, item]) => (
            <Node key={key} name={key} value={item} depth={depth + 1} openTo={openTo} />
          ))}
          {entries.length > shown && (
            <li role="none">
              <button type="button" className={classes.more} onClick={() => setShown(shown + page)}>
                Show {Math.min(page, entries.length - shown)} more of {entries.length - shown}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function Scalar({ value }: { value: null | boolean | number | string }) {
  const type = value === null ? "null" : typeof value;
  return (
    <span className={classes.value} data-type={type}>
      {type === "string" ? value : String(value)}
    </span>
  );
}
