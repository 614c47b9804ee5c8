import type { Json } from "@drawbridge/playbook";
import { JsonTree } from "../shared/JsonTree.tsx";
import { wordsText } from "../shared/format.ts";
import classes from "./AskCard.module.css";

const isPlain = (value: Json): value is string | number | boolean | null => typeof value !== "object" || value === null;
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
          <JsonTree value={value} label={wordsText(key)} openTo={2} />
        </div>
      ))}
    </div>
  );
}
