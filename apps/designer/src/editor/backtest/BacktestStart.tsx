import { Button, NativeSelect, Progress, TextInput } from "@mantine/core";
import { History, Square } from "lucide-react";
import { useState } from "react";
import { countText } from "../../shared/format.ts";
import classes from "./Backtest.module.css";
import { chosenRuns, type RunChoice, runChoices } from "./chosen-runs.ts";
import type { BacktestControl } from "./use-backtest.ts";

/** Chooses the runs, starts, shows how far it is, and stops. */
export function BacktestStart({ control, compact = false }: { control: BacktestControl; compact?: boolean }) {
  const { session, start, cancel } = control;
  const [choice, setChoice] = useState<RunChoice>("last-50");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const running = session?.state === "running";
  const begin = () => {
    const runs = chosenRuns(choice, Date.now(), from, to);
    if (runs) void start(runs);
  };
  const incomplete = choice === "span" && chosenRuns(choice, 0, from, to) === null;
  const done = session?.results.length ?? 0;
  const total = session?.total ?? null;
  return (
    <section className={classes.start} aria-label="What to test against" data-compact={compact || undefined}>
      <NativeSelect
        aria-label="Runs to test against"
        data={runChoices.map(({ value, label }) => ({ value, label }))}
        value={choice}
        disabled={running}
        onChange={(event) => setChoice(event.currentTarget.value as RunChoice)}
      />
      {choice === "span" && (
        <>
          <TextInput type="datetime-local" aria-label="From" value={from} disabled={running} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput type="datetime-local" aria-label="Until" value={to} disabled={running} onChange={(event) => setTo(event.currentTarget.value)} />
        </>
      )}
      {running ? (
        <Button variant="default" leftSection={<Square size={13} aria-hidden />} onClick={cancel}>
          Stop
        </Button>
      ) : (
        <Button variant={compact ? "default" : "filled"} leftSection={<History size={15} aria-hidden />} disabled={incomplete} onClick={begin}>
          {session ? "Test again" : compact ? "Backtest" : "Start"}
        </Button>
      )}
      {session && (
        <div className={classes.progress}>
          {running && <Progress value={total === null ? 0 : (done / Math.max(1, total)) * 100} aria-label="How far it is" size="sm" />}
          <span className="num muted">
            {running && total === null && "Starting…"}
            {running && total !== null && `${done.toLocaleString()} of ${countText(total, "run")}`}
            {session.state === "cancelled" && `Stopped after ${countText(done, "run")}`}
            {session.state === "done" && countText(done, "run")}
            {session.state === "failed" && "It could not go on"}
          </span>
        </div>
      )}
      {incomplete && (from !== "" || to !== "") && <p className={classes.hint}>A span needs a beginning and a later end.</p>}
    </section>
  );
}
