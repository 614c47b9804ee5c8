import type { TriggerView } from "@drawbridge/protocol";
import { Button, Group, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { readTriggersAgain } from "./trigger-queries.ts";

/** Asks before a trigger is deleted. */
export function DeleteTrigger({ trigger, onClose }: { trigger: TriggerView; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call("deleteTrigger", { params: { id: trigger.id } }),
    onSuccess: async () => {
      notifyDone(`${trigger.name} is deleted.`);
      onClose();
      await navigate({ to: "/triggers" });
      readTriggersAgain(queries);
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${trigger.name}?`}>
      <p className="secondary">
        {trigger.webhook ? "Its address stops at once and cannot be had back." : "It fires no more."} The runs it started stay.
        {trigger.enabled && " To stop it for a while, turn it off instead."}
      </p>
      {remove.error && <ProblemNote error={remove.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}
