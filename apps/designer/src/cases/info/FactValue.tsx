import type { Json } from "@drawbridge/playbook";
import { Star } from "lucide-react";
import { Badge } from "../../shared/Badge.tsx";
import { bytesText, dayAndClockText, wholeTimeText, wordsText } from "../../shared/format.ts";

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text));
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

/** A case's fact, as its kind of value reads best. */
export function FactValue({ name, value, mono = false, bytes }: { name: string; value: Json; mono?: boolean; bytes?: number | undefined }) {
  if (value === null || value === "") return <span className="muted">Not known</span>;
  if (Array.isArray(value)) {
    return (
      <>
        {(value as readonly Json[]).map((each, index) => (
          <span key={index} style={{ display: "block" }}>
            <FactValue name={name} value={each} mono={mono} />
          </span>
        ))}
      </>
    );
  }
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number")
    return (
      <span className="num">
        {name === "fileCount" ? `${value} ${value === 1 ? "file" : "files"}${bytes === undefined ? "" : `, ${bytesText(bytes)}`}` : value.toLocaleString()}
      </span>
    );
  if (typeof value === "object") return <span className="mono">{JSON.stringify(value)}</span>;
  if (name === "userCategory" && /executive/i.test(value as string)) {
    return (
      <Badge tone="plum">
        <Star size={12} strokeWidth={2} aria-hidden />
        {wordsText(value as string)}
      </Badge>
    );
  }
  const text = value as string;
  if (isInstant(text))
    return (
      <span className="num" title={wholeTimeText(text)}>
        {dayAndClockText(text)}
      </span>
    );
  if (isDay(text)) return <span className="num">{day.format(new Date(text))}</span>;
  if (mono)
    return (
      <span className="mono" title={text}>
        {text}
      </span>
    );
  return <span title={text}>{worded.has(name) ? wordsText(text) : text}</span>;
}

/** Facts that sources write as codes. */
const worded = new Set(["exposureType", "alertType", "alertState", "risk", "endpointStatus", "endpointType", "userCategory", "isolation"]);
