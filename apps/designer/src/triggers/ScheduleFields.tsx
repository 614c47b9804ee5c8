import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../api/api-problem.ts";
import { cronWords } from "./cron-words.ts";
import classes from "./TriggerForm.module.css";
import { Ticks } from "./Ticks.tsx";
import { type Missed, missedWords } from "./trigger-looks.ts";
import { ticksQuery } from "./trigger-queries.ts";

export interface ScheduleDraft {
  readonly cron: string;
  readonly zone: string;
  readonly missed: Missed;
}

const examples = [
  { cron: "*/15 * * * *", label: "Every 15 minutes" },
  { cron: "0 * * * *", label: "Every hour" },
  { cron: "0 9 * * *", label: "Daily at 9" },
  { cron: "0 9 * * 1-5", label: "Workdays at 9" },
  { cron: "0 6 * * 1", label: "Mondays at 6" },
  { cron: "0 3 1 * *", label: "First of the month" },
] as const;

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
const policies = (["once", "skip", "all"] as const).map((value) => ({ value, label: missedWords[value] }));

/** When a schedule fires: its expression in words, its zone, and its next ticks as the server reckons them. */
export function ScheduleFields({ value, onChange }: { value: ScheduleDraft; onChange: (value: ScheduleDraft) => void }) {
  const { cron, zone, missed } = value;
  const [asked] = useDebouncedValue(`${cron.trim()}\n${zone}`, 250);
  const [askedCron = "", askedZone = ""] = asked.split("\n");
  const ticks = useQuery(ticksQuery(askedCron, askedZone));
  const known = zones.includes(zone) ? zones : [zone, ...zones];
  const problem = ticks.error === null ? null : asProblem(ticks.error);
  const isWrong = problem !== null && askedCron === cron.trim();
  return (
    <>
      <div className={classes.examples} role="group" aria-label="Common times">
        {examples.map((example) => (
          <button
            key={example.cron}
            type="button"
            className={classes.example}
            aria-pressed={example.cron === cron.trim()}
            onClick={() => onChange({ ...value, cron: example.cron })}
          >
            {example.label}
          </button>
        ))}
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Cron expression"
          description="minute, hour, day, month, weekday"
          required
          maxLength={120}
          classNames={{ input: "mono" }}
          spellCheck={false}
          value={cron}
          error={isWrong}
          onChange={(event) => onChange({ ...value, cron: event.currentTarget.value })}
        />
        <Select
          label="Time zone"
          description="daylight saving is followed"
          required
          searchable
          limit={80}
          allowDeselect={false}
          nothingFoundMessage="No such time zone"
          data={known}
          value={zone}
          onChange={(next) => next !== null && onChange({ ...value, zone: next })}
        />
      </div>
      <div className={classes.preview} aria-live="polite">
        {isWrong ? (
          <p className={classes.error} role="alert">
            {problem.detail}
          </p>
        ) : cron.trim() === "" ? (
          <p className="muted">The next five ticks appear here.</p>
        ) : (
          <>
            <p className={classes.words}>{cronWords(cron.trim()) ?? "Reading it"}</p>
            {ticks.data && <Ticks at={ticks.data} zone={askedZone} />}
          </>
        )}
      </div>
      <Select
        label="Ticks missed while the server was down"
        allowDeselect={false}
        data={policies}
        value={missed}
        onChange={(next) => {
          const policy = policies.find((each) => each.value === next)?.value;
          if (policy) onChange({ ...value, missed: policy });
        }}
      />
    </>
  );
}
