import { compile, foldTrace, type StepState, stepOf } from "@drawbridge/interpreter";
import type { Playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Answer, call } from "../../api/call.ts";
import { Outline } from "../../canvas/Outline.tsx";
import { PlaybookCanvas } from "../../canvas/PlaybookCanvas.tsx";
import type { StepView } from "../../canvas/step-view.ts";
import type { CanvasApi } from "../../canvas/use-view.ts";
import { edgeStateOf, stepViewOf } from "../../run/step-views.ts";
import { ErrorState } from "../../shared/ErrorState.tsx";
import { SkeletonRows } from "../../shared/SkeletonRows.tsx";
import { useEditor } from "../editor-context.ts";
import { useIsNarrow } from "../use-is-narrow.ts";
import classes from "./Backtest.module.css";
import { endsText, partingText } from "./backtest-words.ts";
import { ResultFacts } from "./ResultFacts.tsx";
import { VerdictMark } from "./ResultRow.tsx";
import type { BacktestSession } from "./use-backtest.ts";

type Side = "before" | "now";

/** One run both ways: as it went, and as the draft would have it go, with the step where they part. */
export function ResultDetail({ result, session, onBack }: { result: BacktestResult; session: BacktestSession; onBack: (() => void) | null }) {
  const { id, catalog } = useEditor();
  const narrow = useIsNarrow();
  const detail = useQuery({
    queryKey: ["backtest", id, session.number, result.run],
    queryFn: async ({ signal }) => (await call("backtestRun", { params: { id, run: result.run }, body: { playbook: session.playbook }, signal })).data,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  const [side, setSide] = useState<Side>("now");
  const mark = result.parting?.step ?? result.unknown[0]?.step ?? null;
  const [selection, setSelection] = useState<readonly string[]>(mark === null ? [] : [mark]);
  const canvas = useRef<CanvasApi>(null);
  const ways = useMemo(
    () =>
      detail.data && {
        before: wayOf(detail.data.before, detail.data.trace, detail.data.hidden),
        now: wayOf(session.playbook, detail.data.replayed, detail.data.hidden, result.unknown),
      },
    [detail.data, session.playbook, result.unknown],
  );
  useEffect(() => {
    if (mark !== null && ways) canvas.current?.show(mark);
  }, [mark, ways, side]);
  const way = ways?.[side];
  return (
    <section className={classes.one} aria-label={`Run ${result.run}`}>
      <header className={classes.oneHead}>
        {onBack && (
          <Button size="compact-sm" variant="default" leftSection={<ArrowLeft size={14} aria-hidden />} onClick={onBack} data-autofocus>
            All results
          </Button>
        )}
        <VerdictMark verdict={result.verdict} />
        <b className={classes.sentence}>{partingText(result, session.playbook)}</b>
        <span className="grow" />
        <Link to="/runs/$id" params={{ id: result.run }} className={classes.link}>
          Open the run
        </Link>
      </header>
      <p className={classes.ends}>{endsText(result)}</p>
      <ResultFacts result={result} draft={session.playbook} before={detail.data?.before ?? null} onStep={(step) => setSelection([step])} />
      {detail.error && <ErrorState error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <SkeletonRows what="both ways" />}
      {ways && (
        <div className={classes.sides}>
          <SegmentedControl
            aria-label="Which way is shown"
            value={side}
            onChange={(value) => setSide(value as Side)}
            data={[
              { value: "before", label: `As it went, v${result.playbook.version}` },
              { value: "now", label: "With the draft" },
            ]}
          />
        </div>
      )}
      {way === null && <p className={classes.none}>The run would not start with the draft.</p>}
      {way && (
        <div className={classes.stage}>
          {narrow ? (
            <Outline playbook={way.playbook} catalog={catalog} selection={selection} onSelect={setSelection} stepViews={way.stepViews} />
          ) : (
            <PlaybookCanvas
              key={side}
              ref={canvas}
              playbook={way.playbook}
              catalog={catalog}
              mode="run"
              selection={selection}
              onSelect={setSelection}
              stepViews={way.stepViews}
              edgeState={way.edgeState}
              startStatus="succeeded"
            />
          )}
        </div>
      )}
    </section>
  );
}

const waiting: StepState = { status: "waiting", attempts: 0 };

/** What the canvas shows of a trace; null for an empty one. What waits for an answer that nobody gave is unknown. */
function wayOf(playbook: Playbook, trace: Answer<"backtestRun">["trace"], hiddenSteps: readonly string[], unknown: BacktestResult["unknown"] = []) {
  const plan = compile(playbook);
  const run = foldTrace(plan, trace);
  if (!run) return null;
  const hidden = new Set(hiddenSteps);
  const open = new Set(unknown.map(({ step }) => step));
  const now = trace.at(-1)?.at ?? 0;
  const stateOf = (id: string): StepState => (playbook.steps[id] ? stepOf(run, plan, id) : waiting);
  const stepViews = (id: string): StepView | undefined => {
    if (hidden.has(id)) return { status: "waiting", hidden: true };
    if (open.has(id)) return { status: "in-doubt", word: "Unknown from here" };
    return playbook.steps[id] && stepViewOf(playbook, id, stateOf(id), stateOf, now);
  };
  return { playbook, stepViews, edgeState: edgeStateOf(playbook, hidden, stateOf) };
}
