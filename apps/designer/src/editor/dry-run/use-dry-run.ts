import type { Covered, ScenarioAnswer } from "@drawbridge/engine";
import type { Json } from "@drawbridge/playbook";
import { useCallback, useMemo, useRef, useState } from "react";
import { asProblem } from "../../api/api-problem.ts";
import { useEditor } from "../editor-context.ts";
import type { Breakpoints, Decision, DryRunSession, DryRunSetup } from "./dry-run-session.ts";
import { type CoverageView, coverageView, type Drawing, type DryRunView, haltText, viewOf } from "./dry-run-view.ts";
import { startSession } from "./start-session.ts";
import { usePins } from "./use-pins.ts";

/** What a dry run begins with, but for what the editor itself holds. */
export type Beginning = Omit<DryRunSetup, "pins" | "haltOnError">;

/** A dry run and what can be done with it. */
export interface DryRunControl {
  readonly session: DryRunSession | null;
  readonly view: DryRunView | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly breakpoints: Breakpoints;
  readonly stops: ReadonlySet<string>;
  readonly pins: { readonly [step: string]: Json };
  readonly haltOnError: boolean;
  /** What the dry runs of this sitting took; null before the first. */
  readonly coverage: CoverageView | null;
  readonly showsCoverage: boolean;
  /** What the canvas shows: the run, or the coverage. */
  readonly drawing: Drawing | null;
  readonly begin: (setup: Beginning, how: "continue" | "step") => Promise<void>;
  readonly step: () => Promise<void>;
  readonly stepOver: () => Promise<void>;
  readonly continue: () => Promise<void>;
  readonly answer: (step: string, answer: ScenarioAnswer) => Promise<void>;
  readonly decide: (step: string, decision: Decision, said: string) => Promise<void>;
  readonly reset: () => void;
  /** Sets or takes away a breakpoint; a condition makes it stop only when that holds. */
  readonly breakAt: (step: string, condition: Json | null | undefined) => void;
  readonly pin: (step: string, output: Json | undefined) => void;
  readonly setHaltOnError: (halt: boolean) => void;
  readonly showCoverage: (show: boolean) => void;
  readonly select: (step: string) => void;
}

/** The editor's dry run. */
export function useDryRun(): DryRunControl {
  const { id, store } = useEditor();
  const session = useRef<DryRunSession | null>(null);
  const covered = useRef(new Map<DryRunSession, Covered>());
  const [shown, setShown] = useState<{ readonly session: DryRunSession | null; readonly view: DryRunView | null; readonly coverage: CoverageView | null }>({
    session: null,
    view: null,
    coverage: null,
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [breakpoints, setBreakpoints] = useState<Breakpoints>(new Map());
  const [haltOnError, setHaltOnError] = useState(false);
  const [showsCoverage, showCoverage] = useState(false);
  const [pins, pin] = usePins(id);

  const show = useCallback(() => {
    const current = session.current;
    const view = current && viewOf(current, pins);
    setShown((old) => {
      if (!current || !view) return { session: current, view, coverage: old.coverage };
      covered.current.set(current, current.tools.coveredBy(view.trace));
      const { playbook } = store.getState();
      const all = [...covered.current.values()];
      return { session: current, view, coverage: coverageView(playbook, all, current.tools.coverage(playbook, all)) };
    });
    return view;
  }, [store, pins]);

  const doing = useCallback(
    async (work: () => Promise<unknown>, said?: string): Promise<void> => {
      setBusy(true);
      setProblem(null);
      try {
        await work();
      } catch (error) {
        setProblem(asProblem(error).detail);
      } finally {
        setBusy(false);
        const view = show();
        const { playbook, say } = store.getState();
        if (view) say(said ?? `Dry run: ${haltText(view, (step) => playbook.steps[step]?.name ?? step)}`);
      }
    },
    [show, store],
  );

  const stops = useMemo(() => new Set(breakpoints.keys()), [breakpoints]);
  return useMemo(
    (): DryRunControl => ({
      ...shown,
      busy,
      problem,
      breakpoints,
      stops,
      pins,
      haltOnError,
      showsCoverage,
      drawing: showsCoverage ? shown.coverage : shown.view,
      begin: (setup, how) =>
        doing(async () => {
          const made = await startSession(store.getState().playbook, { ...setup, pins, haltOnError }, breakpoints);
          session.current = made;
          await (how === "step" ? made.step() : made.continue(show));
        }),
      step: () => doing(async () => session.current?.step()),
      stepOver: () => doing(async () => session.current?.stepOver(show)),
      continue: () => doing(async () => session.current?.continue(show)),
      answer: (step, answer) =>
        doing(async () => {
          await session.current?.answer(step, answer);
          await session.current?.continue(show);
        }),
      decide: (step, decision, said) => doing(async () => session.current?.decide(step, decision), said),
      reset: () => {
        session.current = null;
        setShown((old) => ({ session: null, view: null, coverage: old.coverage }));
        setProblem(null);
      },
      breakAt: (step, condition) => {
        const next = new Map(breakpoints);
        if (condition === undefined) next.delete(step);
        else next.set(step, condition);
        setBreakpoints(next);
        const name = store.getState().playbook.steps[step]?.name ?? step;
        const said = condition === undefined ? `No breakpoint at ${name}` : `Breakpoint at ${name}`;
        if (session.current) void doing(async () => session.current?.breakAt(next), said);
        else store.getState().say(said);
      },
      pin: (step, output) => {
        pin(step, output);
        store.getState().say(`Output of ${store.getState().playbook.steps[step]?.name ?? step} ${output === undefined ? "is no longer pinned" : "pinned for dry runs"}`);
      },
      setHaltOnError,
      showCoverage: (next) => {
        showCoverage(next);
        store.getState().say(next ? "Coverage shown" : "Coverage hidden");
      },
      select: (step) => store.getState().select([step]),
    }),
    [shown, busy, problem, breakpoints, stops, pins, haltOnError, showsCoverage, doing, show, store, pin],
  );
}
