import { useState } from "react";
import type { StatusTone } from "../shared/StatusMark.tsx";
import { type MarkedStatus, StatusMark } from "../shared/StatusMark.tsx";
import { durationText } from "../shared/format.ts";
import type { AttemptBar } from "./attempt-bars.ts";
import { barWords } from "./bar-words.ts";
import { CallRecordView } from "./CallRecordView.tsx";
import { secondsText } from "./seconds-text.ts";
import { ValueBlock } from "./ValueBlock.tsx";

const statuses: { readonly [Tone in StatusTone]: MarkedStatus } = { run: "running", ok: "succeeded", wait: "sleeping", fail: "failed", skip: "cancelled", doubt: "in-doubt" };

/** One attempt, which opens to what was sent, what went over the wire and what the action logged. */
export function AttemptDetails({ run, bar, now }: { run: string; bar: AttemptBar; now: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <StatusMark status={bar.to === null ? "running" : statuses[bar.tone === "run" ? "ok" : bar.tone]} word={barWords(bar)} />
        <span className="grow" />
        <span className="muted num">
          {secondsText(bar.from)}, {durationText((bar.to ?? now) - bar.from)}
        </span>
      </summary>
      {open && <ValueBlock run={run} label="Sent" value={bar.input} />}
      {open && bar.effect !== undefined && <CallRecordView run={run} effect={bar.effect} over={bar.to !== null} />}
    </details>
  );
}
