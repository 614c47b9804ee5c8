import type { PlaybookSummary } from "@drawbridge/protocol";
import { Button, Group, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";

/** Asks before a playbook is deleted. */
export function DeletePlaybook({ playbook, onClose }: { playbook: PlaybookSummary; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call("deletePlaybook", { params: { id: playbook.id } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["playbooks"] });
      notifyDone(`${playbook.name} is deleted.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${playbook.name}?`}>
      <p className="secondary">
        The draft and all {playbook.live === null ? "that was drawn" : `${playbook.live} published versions`} leave the library, and nothing starts it any more. Runs that have
        ended stay, with the version they ran.
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
