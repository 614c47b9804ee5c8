import { stepOf } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { Alert, Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { PenLine } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { countText } from "../shared/format.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import type { StepCatalog } from "../steps/step-catalog.ts";
import classes from "./RunDialogs.module.css";
import { happensAgain } from "./happens-again.ts";
import { JsonInput } from "./JsonInput.tsx";
import { readJson } from "./read-json.ts";
import type { RunHistory } from "./run-history.ts";

/** Runs again from a step, after saying what would be done twice. */
export function RerunDialog({ run, step, history, catalog, onClose }: { run: string; step: string; history: RunHistory; catalog: StepCatalog; onClose: () => void }) {
  const { plan } = history;
  const now = history.run;
  const given = now ? stepOf(now, plan, step).input : undefined;
  const initial = given === undefined ? "" : JSON.stringify(given, null, 2);
  const [input, setInput] = useState(initial);
  const [understood, setUnderstood] = useState(false);
  const again = happensAgain(plan.playbook, step, catalog.actions, (id) => (now ? stepOf(now, plan, id).attempts : 0));
  const parsed = readJson(input);
  const edited = input.trim() !== initial.trim();
  const isObject = parsed.ok && typeof parsed.value === "object" && parsed.value !== null && !Array.isArray(parsed.value);
  const mayGo = (!edited || isObject) && (again.length === 0 || understood);
  const rerun = useMutation({
    mutationFn: () => call("rerunRun", { params: { id: run }, body: { step, ...(edited && parsed.ok && isObject && { input: parsed.value as { [key: string]: Json } }) } }),
    onSuccess: () => {
      notifyDone(`Running again from ${plan.playbook.steps[step]?.name ?? step}.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Re-run from here: ${plan.playbook.steps[step]?.name ?? step}`} size="lg">
      <Stack gap="md">
        <p className="secondary">This step and all that comes after it run again. What came before keeps its results.</p>
        {again.length > 0 && (
          <Alert color="yellow" title={`${countText(again.length, "change")} in other systems would happen again`}>
            <ul className={classes.again}>
              {again.map(({ id, name, repeatable }) => (
                <li key={id}>
                  <PenLine size={13} strokeWidth={2} aria-hidden />
                  <b>{name}</b>
                  <span className="secondary">{repeatable ? "the same request twice does no harm" : "is done a second time"}</span>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {given !== undefined && <JsonInput label="Input of this step" description="Leave it as it is to work it out anew." value={input} onChange={setInput} />}
        {edited && parsed.ok && !isObject && <p role="alert">The input must be an object.</p>}
        {again.length > 0 && <Checkbox label="I have read what happens again" checked={understood} onChange={(event) => setUnderstood(event.currentTarget.checked)} />}
      </Stack>
      {rerun.error && <ProblemNote error={rerun.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button loading={rerun.isPending} disabled={!mayGo} onClick={() => rerun.mutate()}>
          Re-run from here
        </Button>
      </Group>
    </Modal>
  );
}
