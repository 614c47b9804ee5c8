import type { Json } from "@drawbridge/playbook";
import { Button, Group, Modal, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../api/call.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { type InputField, readInputs } from "./run-input.ts";

/** Asks for a live version's inputs and starts a run; `caseId` is the case that it works on. */
export function StartRunDialog({
  playbook,
  caseId,
  onClose,
}: {
  playbook: { readonly id: string; readonly name: string; readonly live: number | null };
  caseId?: string;
  onClose: () => void;
}) {
  const version = playbook.live ?? 1;
  const document = useQuery({
    queryKey: ["playbook", playbook.id, "version", version],
    queryFn: async ({ signal }) => (await call("getVersion", { params: { id: playbook.id, version }, signal })).data.playbook,
  });
  return (
    <Modal opened onClose={onClose} title={`Start ${playbook.name}`}>
      {document.error ? (
        <ErrorState error={document.error} retry={() => void document.refetch()} />
      ) : document.data ? (
        <InputForm id={playbook.id} inputs={document.data.inputs ?? []} {...(caseId !== undefined && { caseId })} onClose={onClose} />
      ) : (
        <SkeletonRows rows={2} what="the playbook's inputs" />
      )}
    </Modal>
  );
}

function InputForm({ id, inputs, caseId, onClose }: { id: string; inputs: readonly InputField[]; caseId?: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [texts, setTexts] = useState<{ readonly [key: string]: string }>({});
  const [key] = useState(() => crypto.randomUUID());
  const set = (name: string, value: string) => setTexts((earlier) => ({ ...earlier, [name]: value }));
  const start = useMutation({
    mutationFn: () =>
      call("startRun", { body: { playbook: id, input: readInputs(inputs, texts) as Record<string, Json>, idempotencyKey: key, ...(caseId !== undefined && { caseId }) } }),
    onSuccess: ({ data }) => void navigate({ to: "/runs/$id", params: { id: data.id } }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack gap="sm">
        {inputs.length === 0 && <p className="secondary">It takes no inputs.</p>}
        {inputs.map((input) => {
          const shared = { label: input.key, description: input.description, required: input.required === true && input.default === undefined };
          const value = texts[input.key] ?? "";
          const placeholder = input.default === undefined ? undefined : typeof input.default === "string" ? input.default : JSON.stringify(input.default);
          if (input.type === "boolean")
            return (
              <Switch
                key={input.key}
                label={input.key}
                description={input.description}
                checked={value === "true"}
                onChange={(event) => set(input.key, String(event.currentTarget.checked))}
              />
            );
          if (input.type === "string" || input.type === "number")
            return (
              <TextInput
                key={input.key}
                {...shared}
                placeholder={placeholder}
                inputMode={input.type === "number" ? "decimal" : "text"}
                value={value}
                onChange={(event) => set(input.key, event.currentTarget.value)}
              />
            );
          return (
            <Textarea
              key={input.key}
              {...shared}
              placeholder={placeholder ?? "JSON"}
              classNames={{ input: "mono" }}
              autosize
              minRows={2}
              maxRows={10}
              value={value}
              onChange={(event) => set(input.key, event.currentTarget.value)}
            />
          );
        })}
      </Stack>
      {start.error && <ProblemNote error={start.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={start.isPending}>
          Start the run
        </Button>
      </Group>
    </form>
  );
}
