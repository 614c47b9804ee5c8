import type { ActionTrial } from "@drawbridge/protocol";
import type { StepState } from "@drawbridge/interpreter";
import type { Json, StepOf } from "@drawbridge/playbook";
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { Send } from "lucide-react";
import { useState } from "react";
import { asProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { CallRecordParts } from "../run/CallRecordView.tsx";
import { durationText } from "../shared/format.ts";
import { JsonTree } from "../shared/JsonTree.tsx";
import classes from "./dialogs.module.css";
import dry from "./dry-run/DryRunPanel.module.css";
import { StepValues } from "./dry-run/StepValues.tsx";
import { useEditor } from "./editor-context.ts";
import form from "./form/form.module.css";

interface Tried {
  readonly input: { readonly [key: string]: Json };
  readonly trial: ActionTrial;
}

interface TrialProps {
  readonly step: StepOf<"action">;
  readonly connection: { readonly id: string; readonly name: string };
  /** What the step would send, worked out when it is asked for. */
  readonly inputNow: () => { readonly [key: string]: Json };
  readonly pinned: boolean;
  readonly onPin: (output: Json | undefined) => void;
}

/** Sends what one step would send over its connection, for real; a change is shown in full and confirmed first. */
export function RealTrial({ step, connection, inputNow, pinned, onPin }: TrialProps) {
  const { store, catalog } = useEditor();
  const [asked, setAsked] = useState<{ readonly [key: string]: Json } | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const changing = catalog.actions.get(step.action)?.effect !== "reads";
  const title = catalog.actions.get(step.action)?.title ?? step.action;
  const send = async (input: { readonly [key: string]: Json }) => {
    setBusy(true);
    setProblem(null);
    setTried(null);
    try {
      const { data } = await call("tryAction", { params: { id: connection.id }, body: { action: step.action, input, ...(changing && { changes: true }) } });
      setTried({ input, trial: data });
      store.getState().say(`${title} at ${connection.name}: ${data.result.ok ? "succeeded" : data.result.message}`);
    } catch (error) {
      setProblem(asProblem(error).detail);
    } finally {
      setBusy(false);
      setAsked(null);
    }
  };
  const press = () => {
    const input = inputNow();
    if (changing) setAsked(input);
    else void send(input);
  };
  return (
    <>
      <p className={form.help}>
        {changing
          ? `Sends this step to ${connection.name} for real. It changes something there, so you see what is sent first.`
          : `Asks ${connection.name} for real; nothing is changed.`}
      </p>
      <Button leftSection={<Send size={14} aria-hidden />} loading={busy} className={dry.own} onClick={press}>
        {changing ? `Send to ${connection.name} …` : `Ask ${connection.name}`}
      </Button>
      {problem && <Alert color="red">{problem}</Alert>}
      {tried && (
        <section className={dry.values} aria-label="Result of the test">
          <p className={form.help}>
            {connection.name} answered in {durationText(tried.trial.ms)}.
          </p>
          <StepValues state={stateOf(tried)} pinned={pinned} onPin={onPin} />
          {tried.trial.record && <CallRecordParts record={tried.trial.record} />}
        </section>
      )}
      {asked && (
        <Modal opened onClose={() => setAsked(null)} title={`Send to ${connection.name} for real?`} size="md">
          <Stack gap={14}>
            <p className={classes.text}>
              <b>{title}</b> changes something at {connection.name}. This happens now, outside of any run, and Drawbridge does not undo it.
            </p>
            <JsonTree value={asked} label="What is sent" openTo={3} />
            <Group justify="flex-end" gap={8}>
              <Button variant="default" data-autofocus onClick={() => setAsked(null)}>
                Cancel
              </Button>
              <Button color="red" loading={busy} onClick={() => void send(asked)}>
                Send for real
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </>
  );
}

function stateOf({ input, trial: { result } }: Tried): StepState {
  return result.ok
    ? { status: "succeeded", attempts: 1, input, output: result.output }
    : { status: "failed", attempts: 1, input, error: { code: result.code, message: result.message, retryable: result.retryable } };
}
