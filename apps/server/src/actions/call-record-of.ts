import { type CallRecorder, redactedExchange } from "@drawbridge/integration-kit";
import type { Json } from "@drawbridge/playbook";
import type { CallRecord } from "@drawbridge/protocol";
import type { Redactor } from "../secrets/redactor.ts";

const most = { message: 500, details: 2_000 };

/** What was taken down of a call, without secrets, as it is kept; null when there is nothing. */
export function callRecordOf({ exchanges, lines, left }: CallRecorder, redactor: Redactor): Json | null {
  if (exchanges.length + lines.length === 0) return null;
  const record: CallRecord = {
    lines: lines.map(({ at, message, details }) => ({ at, message: redactor.text(message).slice(0, most.message), details: detailsText(details, redactor) })),
    exchanges: exchanges.map((exchange) => redactedExchange(exchange, (text) => redactor.text(text))),
    left,
  };
  return record as unknown as Json;
}

function detailsText(details: CallRecorder["lines"][number]["details"], redactor: Redactor): string | null {
  if (details === null) return null;
  try {
    return redactor.text(JSON.stringify(details)).slice(0, most.details);
  } catch {
    return null;
  }
}
