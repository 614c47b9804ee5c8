import { Fragment, memo, useMemo, useState } from "react";
import classes from "./FieldDiff.module.css";
import type { FieldRow } from "./field-rows.ts";
import type { ShownValue } from "./shown-value.ts";
import { diffLines, type DiffLine, type DiffToken } from "./text-diff.ts";

/** From so many lines on they are numbered. */
const numberedFrom = 6;
/** More lines than these are shown when they are asked for. */
const mostLines = 24;

/** One field, before and after. */
export const FieldDiff = memo(function FieldDiff({ row }: { row: FieldRow }) {
  return (
    <div className={classes.field} role="group" aria-label={row.label} data-pointer={row.pointer}>
      <p className={classes.label}>{row.label}</p>
      <ValueDiff before={row.before} after={row.after} />
    </div>
  );
});

/** Two values line by line; what differs within a line is marked. */
export function ValueDiff({ before, after }: { before: ShownValue | null; after: ShownValue | null }) {
  const lines = useMemo(() => diffLines(before, after), [before, after]);
  const [whole, setWhole] = useState(false);
  if (before && after && before.text === after.text) return <p className={classes.same}>{before.text} (another value; it is secret and not shown)</p>;
  const shown = whole ? lines : lines.slice(0, mostLines);
  const numbered = Math.max(before?.text.split("\n").length ?? 0, after?.text.split("\n").length ?? 0) >= numberedFrom;
  return (
    <div className={classes.lines} data-prose={(after ?? before)?.language === "text" || undefined}>
      {shown.map((line, index) =>
        line.sign === "gap" ? (
          <p key={index} className={classes.gap}>
            {line.count} lines alike
          </p>
        ) : (
          <LineOf key={index} line={line} numbered={numbered} />
        ),
      )}
      {shown.length < lines.length && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          Show {lines.length - shown.length} more lines
        </button>
      )}
    </div>
  );
}

const spoken = { "-": "Before: ", "+": "After: ", " ": "Both: " };

function LineOf({ line, numbered }: { line: DiffLine; numbered: boolean }) {
  return (
    <div className={classes.line} data-sign={line.sign}>
      {numbered && (
        <span className={classes.number} aria-hidden>
          {line.after ?? line.before}
        </span>
      )}
      <span className={classes.sign} aria-hidden>
        {line.sign === "-" ? "−" : line.sign}
      </span>
      <span className={classes.text}>
        <span className="unseen">{spoken[line.sign]}</span>
        {stretches(line.tokens).map(({ marked, tokens }, index) => {
          const pieces = tokens.map((token, at) =>
            token.type === "plain" ? (
              token.text
            ) : (
              <span key={at} data-token={token.type}>
                {token.text}
              </span>
            ),
          );
          return marked ? <mark key={index}>{pieces}</mark> : <Fragment key={index}>{pieces}</Fragment>;
        })}
        {line.tokens.length === 0 && " "}
      </span>
    </div>
  );
}

/** What is marked, and what is not, as whole stretches. */
function stretches(tokens: readonly DiffToken[]): { readonly marked: boolean; readonly tokens: DiffToken[] }[] {
  const found: { readonly marked: boolean; readonly tokens: DiffToken[] }[] = [];
  for (const token of tokens) {
    const last = found.at(-1);
    if (last?.marked === token.marked) last.tokens.push(token);
    else found.push({ marked: token.marked, tokens: [token] });
  }
  return found;
}
