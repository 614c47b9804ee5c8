import { stepOf } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { AgainChoices, type Chosen } from "./AgainChoices.tsx";
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
  const [chosen, setChosen] = useState<Chosen>({});
  const again = happensAgain(plan.playbook, step, catalog.actions, (id) => (now ? stepOf(now, plan, id) : { status: "waiting", attempts: 0 }));
  const instead = Object.fromEntries(again.flatMap(({ id }) => (chosen[id] === "simulate" || chosen[id] === "skip" ? [[id, chosen[id]] as const] : [])));
  const parsed = readJson(input);
  const edited = input.trim() !== initial.trim();
  const isObject = parsed.ok && typeof parsed.value === "object" && parsed.value !== null && !Array.isArray(parsed.value);
  const mayGo = (!edited || isObject) && again.every(({ id }) => chosen[id] !== undefined);
  const rerun = useMutation({
    mutationFn: () =>
      call("rerunRun", {
        params: { id: run },
        body: { step, ...(Object.keys(instead).length > 0 && { instead }), ...(edited && parsed.ok && isObject && { input: parsed.value as { [key: string]: Json } }) },
      }),
    onSuccess: () => {
      notifyDone(`Running again from ${plan.playbook.steps[step]?.name ?? step}.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Re-run from here: ${plan.playbook.steps[step]?.name ?? step}`} size="lg">
      <Stack gap="md">
        <p className="secondary">This step and all that comes after it run again. What came before keeps its results.</p>
        {again.length > 0 && <AgainChoices again={again} chosen={chosen} onChoose={setChosen} />}
        {given !== undefined && <JsonInput label="Input of this step" description="Leave it as it is to work it out anew." value={input} onChange={setInput} />}
        {edited && parsed.ok && !isObject && <p role="alert">The input must be an object.</p>}
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
