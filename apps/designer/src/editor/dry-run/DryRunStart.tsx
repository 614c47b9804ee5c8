import type { Scenario } from "@drawbridge/engine";
import type { Json } from "@drawbridge/playbook";
import { Button, FileButton, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { notifyProblem } from "../../shared/notify.ts";
import { useEditor, usePlaybook } from "../editor-context.ts";
import form from "../form/form.module.css";
import { InputsForm } from "../InputsForm.tsx";
import classes from "./DryRunPanel.module.css";
import { inputOfRun, pastRuns } from "./past-runs.ts";
import { sampleAlerts } from "./sample-alerts.ts";

/** What a dry run is to begin with: inputs, or a scenario that brings its own. */
export interface Start {
  readonly input: { readonly [key: string]: Json };
  readonly scenario: Scenario | null;
}

/** Chooses what a dry run begins with: a sample alert, what a past run or alert gave, inputs by hand, or a scenario. */
export function DryRunStart({ start: { input, scenario }, onChange }: { start: Start; onChange: (start: Start) => void }) {
  const { id, catalog } = useEditor();
  const playbook = usePlaybook();
  const [problem, setProblem] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const triggers = JSON.stringify(playbook.triggers ?? []);
  const alerts = useQuery({ queryKey: ["sample-alerts", id, triggers, catalog.connections.length], queryFn: () => sampleAlerts(playbook, catalog), staleTime: Infinity });
  const runs = useQuery({ queryKey: ["runs", "past", id], queryFn: () => pastRuns(id), staleTime: 30_000 });
  const kept = useQuery({ queryKey: ["scenarios", id], queryFn: async ({ signal }) => (await call("listScenarios", { params: { id }, signal })).data.items });
  const readScenario = async (file: File | null) => {
    if (!file) return;
    try {
      const engine = await import("@drawbridge/engine");
      onChange({ input, scenario: engine.scenario.parse(JSON.parse(await file.text())) });
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message.slice(0, 300) : String(error));
    }
  };
  const startWithKept = async (chosen: string | null) => {
    if (chosen === null) return;
    try {
      const engine = await import("@drawbridge/engine");
      const { data } = await call("getScenario", { params: { id, scenario: chosen } });
      onChange({ input, scenario: engine.scenario.parse(data.scenario) });
      setProblem(null);
    } catch (error) {
      notifyProblem(error);
    }
  };
  const choose = async (chosen: string | null) => {
    setFrom(chosen);
    const alert = alerts.data?.find((each) => each.id === chosen);
    if (alert) return onChange({ input: alert.input, scenario });
    if (chosen === null) return;
    try {
      onChange({ input: await inputOfRun(chosen), scenario });
    } catch (error) {
      notifyProblem(error);
    }
  };
  const groups = [
    { group: "Sample alerts", items: (alerts.data ?? []).map((alert) => ({ value: alert.id, label: alert.title })) },
    { group: "Past alerts and runs", items: (runs.data ?? []).map((run) => ({ value: run.id, label: run.title })) },
  ].filter((group) => group.items.length > 0);
  return (
    <section className={form.form} aria-label="What it begins with">
      {groups.length > 0 && !scenario && (
        <Select label="Begin with" placeholder="Choose, or fill in the inputs" data={groups} value={from} clearable onChange={(chosen) => void choose(chosen)} />
      )}
      {scenario ? (
        <p className={classes.note}>
          Scenario <b>{scenario.name}</b>: its input, answers, results, faults and world are used.{" "}
          <button type="button" className={classes.link} onClick={() => onChange({ input, scenario: null })}>
            Do without
          </button>
        </p>
      ) : (
        <InputsForm inputs={playbook.inputs ?? []} value={input} onChange={(next) => onChange({ input: next, scenario })} />
      )}
      {(kept.data ?? []).length > 0 && !scenario && (
        <Select
          label="Or run a scenario"
          placeholder="Kept with this playbook"
          data={(kept.data ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={null}
          onChange={(chosen) => void startWithKept(chosen)}
        />
      )}
      <FileButton accept="application/json,.json" onChange={(file) => void readScenario(file)}>
        {(props) => (
          <Button size="xs" variant="default" className={classes.own} leftSection={<FileUp size={13} aria-hidden />} {...props}>
            Use a scenario file
          </Button>
        )}
      </FileButton>
      {problem && <p className={form.error}>{problem}</p>}
    </section>
  );
}
