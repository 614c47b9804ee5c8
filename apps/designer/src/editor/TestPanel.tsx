import type { StepState } from "@drawbridge/interpreter";
import { type Json, parsePath, type Playbook, readPath, resolve, scopeOf, type Step, type StepOf } from "@drawbridge/playbook";
import { Alert, Button, SegmentedControl } from "@mantine/core";
import { Play } from "lucide-react";
import { useContext, useMemo, useState } from "react";
import { asProblem } from "../api/api-problem.ts";
import { KnownContext } from "./completion/known-context.ts";
import type { RunValues } from "./completion/run-values.ts";
import type { ValueSources } from "./completion/use-value-sources.ts";
import { ValuesFrom } from "./completion/ValuesFrom.tsx";
import dry from "./dry-run/DryRunPanel.module.css";
import { startSession } from "./dry-run/start-session.ts";
import { StepValues } from "./dry-run/StepValues.tsx";
import type { DryRunControl } from "./dry-run/use-dry-run.ts";
import { useEditor } from "./editor-context.ts";
import { JsonField } from "./form/JsonField.tsx";
import form from "./form/form.module.css";
import { RealTrial } from "./RealTrial.tsx";
import { usedPaths, valueWith } from "./used-paths.ts";

/** Tries one step alone against its simulator or, where it has a connection, for real; what it reads comes from a run and can be changed. */
export function TestPanel({ id, step, sources, control }: { id: string; step: Step; sources: ValueSources; control: DryRunControl }) {
  const { store, catalog, mayEdit } = useEditor();
  const [real, setReal] = useState(false);
  const { values } = useContext(KnownContext);
  const paths = useMemo(() => usedPaths(step as unknown as Json), [step]);
  const given = useMemo(() => (values ? valuesOf(paths, values) : {}), [paths, values]);
  const [edited, setEdited] = useState<{ readonly [path: string]: Json | undefined }>({});
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<StepState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const valueOf = (path: string) => (Object.hasOwn(edited, path) ? edited[path] : given[path]);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    setResult(null);
    const { playbook, say } = store.getState();
    try {
      const session = await startSession(aloneOf(playbook, id, step, used()), { input: {}, answers: {}, pins: {}, haltOnError: false, scenario: null }, new Map());
      await session.continue(() => undefined);
      const state = session.stateOf(id);
      setResult(state);
      say(`Test of ${step.name}: ${state.status}${state.error ? `, ${state.error.message}` : ""}`);
    } catch (error) {
      setProblem(asProblem(error).detail);
    } finally {
      setBusy(false);
    }
  };
  const over = step.kind === "action" ? catalog.connections.find((each) => each.id === step.connection && each.enabled) : undefined;
  const used = () => Object.fromEntries(paths.flatMap((path) => [[path, valueOf(path)] as const]).filter((each): each is readonly [string, Json] => each[1] !== undefined));
  const pinned = Object.hasOwn(control.pins, id);
  const pin = (output: Json | undefined) => control.pin(id, output);
  return (
    <div className={dry.body}>
      {over && mayEdit && (
        <SegmentedControl
          aria-label="Where to test"
          fullWidth
          data={[
            { value: "simulator", label: "Simulator" },
            { value: "real", label: over.name },
          ]}
          value={real ? "real" : "simulator"}
          onChange={(where) => setReal(where === "real")}
        />
      )}
      {!(real && over) && <p className={form.help}>Runs this step alone, in this browser, against its simulator. Nothing outside is touched.</p>}
      {paths.length > 0 && (
        <>
          <p className={dry.heading}>What it reads</p>
          <ValuesFrom sources={sources} />
        </>
      )}
      {paths.map((path) => (
        <JsonField key={path} label={path} lines={1} value={valueOf(path)} onChange={(next) => setEdited({ ...edited, [path]: next })} />
      ))}
      {real && over && step.kind === "action" ? (
        <RealTrial key={id} step={step} connection={over} inputNow={() => sentInput(step, used())} pinned={pinned} onPin={pin} />
      ) : (
        <Button leftSection={<Play size={14} aria-hidden />} loading={busy} className={dry.own} onClick={() => void run()}>
          Test this step
        </Button>
      )}
      {problem && !real && <Alert color="red">{problem}</Alert>}
      {result && !(real && over) && (
        <section className={dry.values} aria-label="Result of the test">
          {result.way !== undefined && result.way !== "next" && <p className={form.help}>Went {result.way.replace("branch:", "")}.</p>}
          <StepValues state={result} pinned={pinned} onPin={step.kind === "action" || step.kind === "script" || step.kind === "call" ? pin : null} />
        </section>
      )}
    </div>
  );
}

/** What the paths came to in a run; those that had no value are left out. */
function valuesOf(paths: readonly string[], values: RunValues): { readonly [path: string]: Json } {
  return Object.fromEntries(
    paths.flatMap((path) => {
      const value = readPath(values.data, parsePath(path));
      return value === null ? [] : [[path, value] as const];
    }),
  );
}

/** What the step would send: its first item, where it goes over a list. */
function sentInput(step: StepOf<"action">, values: { readonly [path: string]: Json }): { readonly [key: string]: Json } {
  const filled = valueWith(step as unknown as Json, values) as unknown as StepOf<"action">;
  const now = new Date().toISOString();
  const items = filled.forEach ? resolve(filled.forEach.items, scopeOf({ now })) : null;
  const scope = scopeOf({ now, item: Array.isArray(items) ? ((items as readonly Json[])[0] ?? null) : null, index: 0 });
  return Object.fromEntries(Object.entries(filled.with ?? {}).map(([key, value]) => [key, resolve(value, scope)]));
}

/** A playbook of just this step, what it reads replaced by the values given. */
function aloneOf(playbook: Playbook, id: string, step: Step, values: { readonly [path: string]: Json }): Playbook {
  const filled = valueWith(step as unknown as Json, values) as unknown as Step;
  const cut = Object.fromEntries(
    Object.entries(filled)
      .filter(([key]) => key !== "onError" && key !== "onTimeLimit" && key !== "otherwise")
      .map(([key, value]) => [key, key === "next" ? [] : key === "branches" ? (value as { next: string[] }[]).map((branch) => ({ ...branch, next: [] })) : value]),
  ) as unknown as Step;
  return { schemaVersion: 1, id: playbook.id, name: playbook.name, start: [id], steps: { [id]: cut } };
}
