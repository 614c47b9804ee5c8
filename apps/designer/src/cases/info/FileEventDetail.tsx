import type { FileEvent } from "@drawbridge/protocol";
import { Button, Drawer } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pin } from "lucide-react";
import { call } from "../../api/call.ts";
import { bytesText, wholeTimeText, wordsText } from "../../shared/format.ts";
import { CopyButton } from "../../shared/CopyButton.tsx";
import { notifyDone, notifyProblem } from "../../shared/notify.ts";
import classes from "./FileEventDetail.module.css";

/** All that is known of one file that left. */
export function FileEventDetail({ caseId, event, mayEdit, onClose }: { caseId: string; event: FileEvent; mayEdit: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: () => call("addEvidence", { params: { id: caseId }, body: { title: event.fileName, description: `${event.filePath}, to ${event.destination}`, data: event } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["case", caseId] });
      notifyDone(`${event.fileName} is on the evidence board.`);
      onClose();
    },
    onError: notifyProblem,
  });
  const facts: readonly { readonly label: string; readonly value: string | null; readonly mono?: boolean }[] = [
    { label: "Path", value: event.filePath, mono: true },
    { label: "Size", value: event.fileSize === null ? null : `${bytesText(event.fileSize)} (${event.fileSize.toLocaleString()} bytes)` },
    { label: "Category", value: event.fileCategory },
    { label: "Sync destination", value: `${event.destination} (${wordsText(event.destinationKind).toLowerCase()})` },
    { label: "Owner", value: event.fileOwner },
    { label: "When", value: wholeTimeText(event.at) },
    { label: "Exposure", value: event.exposure.map(wordsText).join(", ") },
    { label: "SHA-256", value: event.sha256, mono: true },
    { label: "MD5", value: event.md5, mono: true },
    { label: "Event ID", value: event.id, mono: true },
  ];
  return (
    <Drawer opened onClose={onClose} position="right" size={440} title={event.fileName}>
      <dl className={classes.facts}>
        {facts.map(({ label, value, mono }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={mono ? "mono" : undefined}>
              {value === null || value === "" ? <span className="muted">Not known</span> : value}
              {mono && value && <CopyButton value={value} label={`Copy ${label}`} />}
            </dd>
          </div>
        ))}
      </dl>
      {mayEdit && (
        <Button variant="default" leftSection={<Pin size={15} aria-hidden />} loading={add.isPending} onClick={() => add.mutate()}>
          Add to evidence
        </Button>
      )}
    </Drawer>
  );
}
