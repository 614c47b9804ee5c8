import type { Json } from "@drawbridge/playbook";
import type { TriggerView } from "@drawbridge/protocol";
import { Button, Group, Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { inputsQuery } from "../library/playbook-inputs.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { sampleBody } from "./curl-sample.ts";
import { readTriggersAgain } from "./trigger-queries.ts";

/** Starts a run as the trigger would, at once; a webhook with a body that is typed here. */
export function FireDialog({ trigger, onClose }: { trigger: TriggerView; onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const declared = useQuery(inputsQuery(trigger.playbook.id));
  const [text, setText] = useState<string | null>(null);
  const body = text ?? JSON.stringify(sampleBody(trigger.inputs, declared.data?.inputs ?? []), null, 2);
  const fire = useMutation({
    mutationFn: () => call("fireTrigger", { params: { id: trigger.id }, body: trigger.webhook ? { body: readBody(body) } : {} }),
    onSuccess: ({ data }) => void navigate({ to: "/runs/$id", params: { id: data.run } }),
    onSettled: () => readTriggersAgain(queries),
  });
  return (
    <Modal opened onClose={onClose} title={`Run ${trigger.name} now?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          fire.mutate();
        }}
      >
        <p className="secondary">
          {trigger.playbook.name} starts {trigger.webhook ? "as if this body had been sent" : "as at a tick"}; what it does is real.
        </p>
        {trigger.webhook && (
          <Textarea
            mt="sm"
            label="Body"
            description="JSON"
            data-autofocus
            autosize
            minRows={4}
            maxRows={14}
            spellCheck={false}
            classNames={{ input: "mono" }}
            value={body}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        {fire.error && <ProblemNote error={fire.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={fire.isPending} data-autofocus={trigger.webhook === null || undefined}>
            Run now
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function readBody(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new ApiProblem({ code: "invalid-json", status: 0, title: "The body is not JSON", detail: "Nothing was started. Mend the body and try again.", pointer: "/body" });
  }
}
