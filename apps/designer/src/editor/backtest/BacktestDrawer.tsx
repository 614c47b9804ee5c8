import { Drawer } from "@mantine/core";
import type { BacktestResult } from "@drawbridge/protocol";
import { type KeyboardEvent, useState } from "react";
import { EmptyState } from "../../shared/EmptyState.tsx";
import { FilterChips } from "../../shared/FilterChips.tsx";
import { ProblemNote } from "../../shared/ProblemNote.tsx";
import { VirtualList } from "../../shared/VirtualList.tsx";
import { usePlaybook } from "../editor-context.ts";
import { useIsNarrow } from "../use-is-narrow.ts";
import classes from "./Backtest.module.css";
import { BacktestStart } from "./BacktestStart.tsx";
import { isOfKind, type ResultKind, summaryText } from "./backtest-words.ts";
import { ResultDetail } from "./ResultDetail.tsx";
import { ResultRow } from "./ResultRow.tsx";
import type { BacktestControl, BacktestSession } from "./use-backtest.ts";

const kinds = [
  { value: "other", label: "Another way" },
  { value: "unknown", label: "Not known to the end" },
  { value: "other-input", label: "Other input" },
  { value: "same", label: "Same way" },
  { value: "all", label: "All" },
] as const;

/** The draft against past runs: which would go another way, and one of them both ways. */
export function BacktestDrawer({ control, onClose }: { control: BacktestControl; onClose: () => void }) {
  const { session } = control;
  return (
    <Drawer opened onClose={onClose} position="right" size="min(1280px, 100%)" title="Backtest" classNames={{ body: classes.drawer ?? "" }}>
      <BacktestStart control={control} />
      {session && <Results key={session.number} session={session} />}
      {!session && (
        <EmptyState title="Would past runs go another way?">
          Each run is gone through again with the draft, with what it was given then: its input, every answer, and when it came. Nothing is called, sent or asked.
        </EmptyState>
      )}
    </Drawer>
  );
}

function Results({ session }: { session: BacktestSession }) {
  const playbook = usePlaybook();
  const narrow = useIsNarrow();
  const [wanted, setKind] = useState<ResultKind | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { results, state } = session;
  const counts = Object.fromEntries(kinds.map(({ value }) => [value, results.filter(isOfKind[value]).length])) as { readonly [Kind in ResultKind]: number };
  const kind = wanted ?? (counts.other > 0 ? "other" : "all");
  const shown = results.filter(isOfKind[kind]);
  const result = results.find(({ run }) => run === chosen);
  if (session.problem) return <ProblemNote error={session.problem} />;
  if (results.length === 0 && state !== "running")
    return <EmptyState title={state === "done" ? "There are no such runs" : "Nothing was gone through"}>Choose others above, and start again.</EmptyState>;
  const detail = result && <ResultDetail key={result.run} result={result} session={session} onBack={narrow ? () => setChosen(null) : null} />;
  if (narrow && detail) return <div className={classes.detail}>{detail}</div>;
  return (
    <>
      {session.playbook !== playbook && (
        <p className={classes.stale} role="status">
          The draft has changed since. Start again to test it as it is now.
        </p>
      )}
      {results.length > 0 && (
        <p className={classes.summary} role="status">
          {summaryText(results)}
        </p>
      )}
      <FilterChips label="Which results" chips={kinds.map((each) => ({ ...each, count: counts[each.value] }))} value={kind} onChange={setKind} />
      <div className={classes.split}>
        <div className={classes.list} onKeyDown={moveAmongRows}>
          {shown.length === 0 && results.length > 0 && <p className={classes.none}>None of these so far.</p>}
          <VirtualList<BacktestResult> items={shown} keyOf={({ run }) => run} height={68} label="Results" more={nothing}>
            {(each) => <ResultRow result={each} draft={session.playbook} chosen={each.run === chosen} onChoose={() => setChosen(each.run)} />}
          </VirtualList>
        </div>
        {!narrow && <div className={classes.detail}>{detail ?? <EmptyState title="Choose a run">It is shown both ways: as it went, and as it would go.</EmptyState>}</div>}
      </div>
    </>
  );
}

const nothing = (): void => undefined;

/** The arrow keys go from row to row. */
function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("button[data-run]")];
  const next = rows[rows.indexOf(event.target as HTMLElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
