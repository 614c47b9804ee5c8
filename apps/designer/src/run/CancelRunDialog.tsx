import type { RunSummary } from "@drawbridge/protocol";
import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { countText } from "../shared/format.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";

/** Asks before a run is cancelled, with what it takes with it. */
export function CancelRunDialog({ run, children, onClose }: { run: string; children: readonly RunSummary[]; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const open = children.filter(({ endedAt }) => endedAt === null).length;
  const cancel = useMutation({
    mutationFn: () => call("cancelRun", { params: { id: run }, body: reason.trim() === "" ? {} : { reason: reason.trim() } }),
    onSuccess: () => {
      notifyDone("The run is being cancelled.");
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title="Cancel this run?">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          cancel.mutate();
        }}
      >
        <Stack gap="md">
          <p className="secondary">
            Nothing new is started, and open questions close. What was already sent to other systems is not undone.
            {open > 0 && ` ${countText(open, "run")} that it called ${open === 1 ? "is" : "are"} cancelled too.`}
          </p>
          <Textarea
            label="Reason"
            description="It stands in the trace."
            autosize
            minRows={2}
            maxLength={1_000}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
        {cancel.error && <ProblemNote error={cancel.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Keep running
          </Button>
          <Button type="submit" color="red" loading={cancel.isPending}>
            Cancel the run
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
