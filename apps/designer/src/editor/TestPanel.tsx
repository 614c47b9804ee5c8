import type { Json, Playbook, Step } from "@drawbridge/playbook";
import { Alert, Button } from "@mantine/core";
import { Play } from "lucide-react";
import { useMemo, useState } from "react";
import { asProblem } from "../api/api-problem.ts";
import { JsonTree } from "../shared/JsonTree.tsx";
import { StatusMark } from "../shared/StatusMark.tsx";
import type { StepState } from "@drawbridge/interpreter";
import { startSession } from "./dry-run/start-session.ts";
import dry from "./dry-run/DryRunPanel.module.css";
import { usePlaybook } from "./editor-context.ts";
import { JsonField } from "./form/JsonField.tsx";
import form from "./form/form.module.css";
import { usedPaths, valueWith } from "./used-paths.ts";

/** Tries one step alone against its simulator, with values given for what it reads. */
export function TestPanel({ id, step }: { id: string; step: Step }) {
  const playbook = usePlaybook();
  const paths = useMemo(() => usedPaths(step as unknown as Json), [step]);
  const [values, setValues] = useState<{ readonly [path: string]: Json }>({});
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<StepState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    setResult(null);
    try {
      const session = await startSession(aloneOf(playbook, id, step, values), { input: {}, answers: {}, scenario: null }, new Set());
      await session.continue();
      setResult(session.stateOf(id));
    } catch (error) {
      setProblem(asProblem(error).detail);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={dry.body}>
      <p className={form.help}>Runs this step alone, in this browser, against its simulator. Nothing outside is touched.</p>
      {paths.length > 0 && <p className={dry.heading}>What it reads</p>}
      {paths.map((path) => (
        <JsonField
          key={path}
          label={path}
          lines={1}
          value={values[path]}
          onChange={(next) => {
            const { [path]: _old, ...rest } = values;
            setValues(next === undefined ? rest : { ...rest, [path]: next });
          }}
        />
      ))}
      <Button leftSection={<Play size={14} aria-hidden />} loading={busy} style={{ alignSelf: "flex-start" }} onClick={() => void run()}>
        Test this step
      </Button>
      {problem && <Alert color="red">{problem}</Alert>}
      {result && (
        <section className={dry.values} aria-label="Result of the test">
          <StatusMark status={result.status} />
          {result.error && (
            <p className={form.error}>
              {result.error.message} ({result.error.code})
            </p>
          )}
          {result.way !== undefined && result.way !== "next" && <p className={form.help}>Went {result.way.replace("branch:", "")}.</p>}
          {(["input", "output", "explained"] as const).map((part) => {
            const value = result[part];
            return value === undefined ? null : (
              <div key={part}>
                <p className={dry.heading}>{{ input: "Input", output: "Output", explained: "Why" }[part]}</p>
                <div className={dry.tree}>
                  <JsonTree value={value} label={part} openTo={2} />
                </div>
              </div>
            );
          })}
        </section>
      )}
    </div>
  );
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
