import { Button } from "@mantine/core";
import classes from "./Backtest.module.css";
import { BacktestStart } from "./BacktestStart.tsx";
import { summaryText } from "./backtest-words.ts";
import type { BacktestControl } from "./use-backtest.ts";

/** In the publish dialog: what the draft would have done to past runs. */
export function PublishBacktest({ control, onShow }: { control: BacktestControl; onShow: () => void }) {
  const { session } = control;
  return (
    <section className={classes.inDialog} aria-label="Backtest">
      <h3>Would past runs go another way?</h3>
      <BacktestStart control={control} compact />
      {session?.problem && (
        <p className={classes.hint}>
          {session.problem.detail} <code className={classes.code}>{session.problem.code}</code>
        </p>
      )}
      {session && session.results.length > 0 && (
        <div className={classes.found}>
          <p role="status">{summaryText(session.results)}</p>
          <Button size="compact-sm" variant="default" onClick={onShow}>
            Show the runs
          </Button>
        </div>
      )}
      {session?.state === "done" && session.results.length === 0 && <p className={classes.hint}>There are no such runs yet.</p>}
    </section>
  );
}
