import type { CaseDetail } from "@drawbridge/protocol";
import { Button, Group, Modal, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { countText } from "../shared/format.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { keepCase } from "./case-queries.ts";

/** Closes a case with a resolution; asks what becomes of its child cases. */
export function CloseCaseDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const queries = useQueryClient();
  const [resolution, setResolution] = useState("");
  const [children, setChildren] = useState<"keep" | "close" | null>(null);
  const count = detail.children.length;
  const close = useMutation({
    mutationFn: () => call("closeCase", { params: { id: detail.id }, body: { resolution: resolution.trim(), ...(count > 0 && children && { children }) } }),
    onSuccess: ({ data }) => {
      keepCase(queries, data);
      void queries.invalidateQueries({ queryKey: ["case"] });
      notifyDone(`${detail.id} is closed.`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Close ${detail.id}?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          close.mutate();
        }}
      >
        <Stack gap="md">
          {detail.counts.openAsks > 0 && <p className="secondary">{countText(detail.counts.openAsks, "question")} of its runs still wait for an answer; they go on waiting.</p>}
          <Textarea
            label="Resolution"
            description="What was found, and what was done. It stands in the report."
            required
            autosize
            minRows={3}
            maxRows={10}
            maxLength={4_000}
            data-autofocus
            value={resolution}
            onChange={(event) => setResolution(event.currentTarget.value)}
          />
          {count > 0 && (
            <Radio.Group
              label={`It has ${countText(count, "child case")}. What becomes of ${count === 1 ? "it" : "them"}?`}
              required
              value={children}
              onChange={(value) => setChildren(value as "keep" | "close")}
            >
              <Stack gap={6} mt={6}>
                <Radio value="keep" label="Keep open, and work on" />
                <Radio value="close" label="Close with the same resolution" />
              </Stack>
            </Radio.Group>
          )}
        </Stack>
        {close.error && <ProblemNote error={close.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={close.isPending} disabled={resolution.trim() === "" || (count > 0 && children === null)}>
            Close the case
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
