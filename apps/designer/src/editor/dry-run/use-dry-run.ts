import type { DryRunHalt, ScenarioAnswer } from "@drawbridge/engine";
import type { StepState, TraceEvent } from "@drawbridge/interpreter";
import { useCallback, useMemo, useRef, useState } from "react";
import { asProblem } from "../../api/api-problem.ts";
import type { EdgeState, StepView } from "../../canvas/step-view.ts";
import { edgeStateOf, stepViewOf } from "../../run/step-views.ts";
import { useEditor } from "../editor-context.ts";
import type { DryRunSession, DryRunSetup } from "./dry-run-session.ts";
import { startSession } from "./start-session.ts";

/** A moment of a dry run, for showing. */
interface DryRunView {
  readonly status: string;
  readonly halt: DryRunHalt | null;
  readonly outcome: string | null;
  readonly error: string | null;
  readonly trace: readonly TraceEvent[];
  readonly states: ReadonlyMap<string, StepState>;
  readonly asks: readonly { readonly step: string; readonly state: StepState }[];
  readonly problems: readonly string[];
  readonly stepViews: (id: string) => StepView | undefined;
  readonly edgeState: (from: string, way: string, to: string) => EdgeState | undefined;
}

/** A dry run and what can be done with it. */
export interface DryRunControl {
  readonly session: DryRunSession | null;
  readonly view: DryRunView | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly breakpoints: ReadonlySet<string>;
  readonly begin: (setup: DryRunSetup) => Promise<DryRunSession | null>;
  readonly step: () => Promise<void>;
  readonly continue: () => Promise<void>;
  readonly answer: (step: string, answer: ScenarioAnswer) => Promise<void>;
  readonly reset: () => void;
  readonly toggleBreakpoint: (step: string) => void;
  readonly select: (step: string) => void;
}

const waiting: StepState = { status: "waiting", attempts: 0 };

function viewOf(session: DryRunSession): DryRunView | null {
  const { result, playbook } = session;
  if (!result) return null;
  const states = session.states();
  const stateOf = (id: string) => states.get(id) ?? waiting;
  const views = new Map(Object.keys(playbook.steps).map((id) => [id, stepViewOf(playbook, id, stateOf(id), stateOf, result.at)]));
  return {
    status: result.state.status,
    halt: session.halt,
    outcome: result.state.outcome,
    error: result.state.error?.message ?? null,
    trace: [...result.trace],
    states,
    asks: session.asks(),
    problems: [...result.problems],
    stepViews: (id) => views.get(id),
    edgeState: edgeStateOf(playbook, new Set(), stateOf),
  };
}

/** The editor's dry run. */
export function useDryRun(): DryRunControl {
  const { store } = useEditor();
  const session = useRef<DryRunSession | null>(null);
  const [shown, setShown] = useState<{ readonly session: DryRunSession | null; readonly view: DryRunView | null }>({ session: null, view: null });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [breakpoints, setBreakpoints] = useState<ReadonlySet<string>>(new Set());

  const doing = useCallback(async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    setBusy(true);
    setProblem(null);
    try {
      return await work();
    } catch (error) {
      setProblem(asProblem(error).detail);
      return null;
    } finally {
      setBusy(false);
      setShown({ session: session.current, view: session.current ? viewOf(session.current) : null });
    }
  }, []);

  return useMemo(
    (): DryRunControl => ({
      ...shown,
      busy,
      problem,
      breakpoints,
      begin: (setup) =>
        doing(async () => {
          session.current = await startSession(store.getState().playbook, setup, breakpoints);
          return session.current;
        }),
      step: async () => void (await doing(async () => session.current?.step())),
      continue: async () => void (await doing(async () => session.current?.continue())),
      answer: async (step, answer) =>
        void (await doing(async () => {
          await session.current?.answer(step, answer);
          await session.current?.continue();
        })),
      reset: () => {
        session.current = null;
        setShown({ session: null, view: null });
        setProblem(null);
      },
      toggleBreakpoint: (step) => {
        const next = new Set(breakpoints);
        if (!next.delete(step)) next.add(step);
        setBreakpoints(next);
        if (session.current) void doing(async () => session.current?.breakAt(next));
      },
      select: (step) => store.getState().select([step]),
    }),
    [shown, busy, problem, breakpoints, doing, store],
  );
}
