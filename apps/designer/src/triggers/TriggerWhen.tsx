import type { TriggerView } from "@drawbridge/protocol";
import { cronWords } from "./cron-words.ts";

/** What fires a trigger, in one line: its address or its times. */
export function TriggerWhen({ trigger: { webhook, schedule } }: { trigger: TriggerView }) {
  if (webhook)
    return (
      <>
        <span className="mono">/hooks/…{webhook.tokenHint}</span>
        {webhook.signature && ", signed"}
      </>
    );
  if (schedule)
    return (
      <>
        {cronWords(schedule.cron) ?? <span className="mono">{schedule.cron}</span>}
        {schedule.zone === "UTC" ? " UTC" : ` (${schedule.zone})`}
      </>
    );
  return null;
}
