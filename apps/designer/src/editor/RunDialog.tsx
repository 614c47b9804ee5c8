import type { Json } from "@drawbridge/playbook";
import { Alert, Button, Group, Modal, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type ApiProblem, asProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { useEditor } from "./editor-context.ts";
import { InputsForm } from "./InputsForm.tsx";
import classes from "./dialogs.module.css";

/** Starts the live version with the inputs that it takes, and goes to the run. */
export function RunDialog({ live, onClose }: { live: number; onClose: () => void }) {
  const { id } = useEditor();
  const navigate = useNavigate();
  const version = useQuery({
    queryKey: ["playbook", id, "version", live],
    queryFn: async ({ signal }) => (await call("getVersion", { params: { id, version: live }, signal })).data,
    staleTime: Infinity,
  });
  const [input, setInput] = useState<{ readonly [key: string]: Json }>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await call("startRun", { body: { playbook: id, input } });
      await navigate({ to: "/runs/$id", params: { id: data.id } });
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  const inputs = version.data?.playbook.inputs ?? [];
  const missing = inputs.filter((each) => each.required && each.default === undefined && (input[each.key] === undefined || input[each.key] === ""));
  return (
    <Modal opened onClose={onClose} title={`Run v${live}`} size="md">
      <Stack gap={14}>
        <p className={classes.text}>This is a real run: it calls the vendors of its connections.</p>
        {version.isPending ? <Skeleton height={64} /> : <InputsForm inputs={inputs} value={input} onChange={setInput} />}
        {(problem ?? version.error) && (
          <Alert color="red" title={(problem ?? asProblem(version.error)).title}>
            {(problem ?? asProblem(version.error)).detail} <code className={classes.code}>{(problem ?? asProblem(version.error)).code}</code>
          </Alert>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={busy} disabled={!version.data || missing.length > 0} onClick={() => void start()}>
            Run
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
