import type { Json } from "@drawbridge/playbook";
import { JsonTree } from "../shared/JsonTree.tsx";
import { wordsText } from "../shared/format.ts";
import classes from "./AskCard.module.css";

const isPlain = (value: Json): value is string | number | boolean | null => typeof value !== "object" || value === null;
const isRecord = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);
const plainText = (value: string | number | boolean | null) =>
  value === null || value === "" ? "Not known" : typeof value === "boolean" ? (value ? "Yes" : "No") : typeof value === "number" ? value.toLocaleString() : value;

/** What the playbook shows beside its question. */
export function AskContext({ context }: { context: { readonly [key: string]: Json } }) {
  const entries = Object.entries(context);
  if (entries.length === 0) return null;
  const plain = entries.filter((entry): entry is [string, string | number | boolean | null] => isPlain(entry[1]));
  const lists = entries.filter(
    (entry): entry is [string, readonly (string | number | boolean | null)[]] => Array.isArray(entry[1]) && entry[1].length > 0 && (entry[1] as readonly Json[]).every(isPlain),
  );
  const rest = entries.filter(([key]) => !plain.some((entry) => entry[0] === key) && !lists.some((entry) => entry[0] === key));
  return (
    <div className={classes.context}>
      {(plain.length > 0 || lists.length > 0) && (
        <dl className={classes.facts}>
          {plain.map(([key, value]) => (
            <div key={key}>
              <dt>{wordsText(key)}</dt>
              <dd>{plainText(value)}</dd>
            </div>
          ))}
          {lists.map(([key, values]) => (
            <div key={key}>
              <dt>{wordsText(key)}</dt>
              <dd>{values.map(plainText).join(", ")}</dd>
            </div>
          ))}
        </dl>
      )}
      {rest.map(([key, value]) => (
        <div key={key} className={classes.tree}>
          <span className="caption">{wordsText(key)}</span>
          {Array.isArray(value) && value.length > 0 && (value as readonly Json[]).every(isRecord) ? (
            <ul className={classes.records}>
              {(value as readonly { readonly [key: string]: Json }[]).slice(0, 50).map((record, index) => (
                <li key={index}>
                  <RecordFacts record={record} />
                </li>
              ))}
            </ul>
          ) : (
            <JsonTree value={value} label={wordsText(key)} openTo={1} />
          )}
        </div>
      ))}
    </div>
  );
}

/** A record by its name and its first plain facts; the rest on demand. */
function RecordFacts({ record }: { record: { readonly [key: string]: Json } }) {
  const nameKey = ["name", "title", "hostname", "fileName", "email", "id"].find((key) => typeof record[key] === "string");
  const facts = Object.entries(record)
    .filter((entry): entry is [string, string | number | boolean | null] => isPlain(entry[1]) && entry[0] !== nameKey && !/id$/i.test(entry[0]))
    .slice(0, 4);
  return (
    <>
      {nameKey !== undefined && <b>{String(record[nameKey])}</b>}
      <span className={classes.recordFacts}>{facts.map(([key, value]) => `${wordsText(key)}: ${plainText(value)}`).join(" · ")}</span>
      <details>
        <summary>All {Object.keys(record).length} fields</summary>
        <JsonTree value={record} label="All fields" openTo={1} />
      </details>
    </>
  );
}
