import type { Playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import { CircleCheck, CircleHelp, GitFork, type LucideIcon } from "lucide-react";
import { memo } from "react";
import { Badge } from "../../shared/Badge.tsx";
import { dayAndClockText, wholeTimeText } from "../../shared/format.ts";
import classes from "./Backtest.module.css";
import { partingText, verdictWords } from "./backtest-words.ts";

const icons: { readonly [Verdict in BacktestResult["verdict"]]: LucideIcon } = { same: CircleCheck, other: GitFork, unknown: CircleHelp };

/** The verdict as icon, word and colour. */
export function VerdictMark({ verdict }: { verdict: BacktestResult["verdict"] }) {
  const Icon = icons[verdict];
  return (
    <span className={classes.verdict} data-verdict={verdict}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      {verdictWords[verdict]}
    </span>
  );
}

/** One run in the list of results. */
export const ResultRow = memo(function ResultRow({ result, draft, chosen, onChoose }: { result: BacktestResult; draft: Playbook; chosen: boolean; onChoose: () => void }) {
  const { newly, noLonger, otherInput } = result.calls;
  return (
    <button type="button" className={classes.row} data-run={result.run} aria-pressed={chosen} onClick={onChoose}>
      <span className={classes.rowHead}>
        <VerdictMark verdict={result.verdict} />
        <span className="grow" />
        <span className="num muted" title={wholeTimeText(result.startedAt)}>
          v{result.playbook.version} · {dayAndClockText(result.startedAt)}
        </span>
      </span>
      <span className={classes.rowText}>
        <span className="cut grow">{partingText(result, draft)}</span>
        {newly.length > 0 && (
          <Badge tone="fail" title="Changes that would newly happen">
            +{newly.length}
          </Badge>
        )}
        {noLonger.length > 0 && (
          <Badge tone="wait" title="Changes that would no longer happen">
            −{noLonger.length}
          </Badge>
        )}
        {otherInput.length > 0 && (
          <Badge tone="accent" title="Changes that would get other input">
            ≠{otherInput.length}
          </Badge>
        )}
      </span>
      <span className={`${classes.rowRun} mono cut`}>{result.run}</span>
    </button>
  );
});
