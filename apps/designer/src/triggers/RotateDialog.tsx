import type { TriggerView } from "@drawbridge/protocol";
import { Button, Group, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { NewToken } from "./NewToken.tsx";
import { readTriggersAgain } from "./trigger-queries.ts";

/** Gives a webhook a new token, and shows it once. */
export function RotateDialog({ trigger, onClose }: { trigger: TriggerView; onClose: () => void }) {
  const queries = useQueryClient();
  const rotate = useMutation({ mutationFn: () => call("rotateTrigger", { params: { id: trigger.id } }), onSuccess: () => readTriggersAgain(queries) });
  const made = rotate.data?.data;
  const token = made?.token ?? null;
  if (made && token !== null)
    return (
      <Modal opened onClose={onClose} size={600} title="The new address" closeOnClickOutside={false} closeOnEscape={false}>
        <NewToken trigger={made.trigger} token={token} onClose={onClose} />
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title={`A new token for ${trigger.name}?`}>
      <p className="secondary">The present address, ending in {trigger.webhook?.tokenHint}, stops at once; whoever uses it needs the new one.</p>
      {rotate.error && <ProblemNote error={rotate.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep the token
        </Button>
        <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
          New token
        </Button>
      </Group>
    </Modal>
  );
}
