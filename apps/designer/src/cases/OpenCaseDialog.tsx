import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../api/call.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { severityLooks } from "./SeverityMark.tsx";

type Severity = keyof typeof severityLooks;
const severities = Object.entries(severityLooks).map(([value, { word }]) => ({ value, label: word }));

/** Opens a case by hand. */
export function OpenCaseDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [title, setTitle] = useState("");
  const [type, setType] = useState("insider-threat");
  const [subject, setSubject] = useState("");
  const [severity, setSeverity] = useState<Severity>("medium");
  const open = useMutation({
    mutationFn: () => call("openCase", { body: { title: title.trim(), type: type.trim(), severity, ...(subject.trim() !== "" && { subject: subject.trim() }) } }),
    onSuccess: ({ data }) => {
      void queries.invalidateQueries({ queryKey: ["cases"] });
      void navigate({ to: "/cases/$id", params: { id: data.id } });
    },
  });
  return (
    <Modal opened onClose={onClose} title="Open a case">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput label="Title" required maxLength={200} data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
          <TextInput label="Whom or what it is about" maxLength={200} value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
          <TextInput label="Type" description="Rules choose the owner by it." required maxLength={80} value={type} onChange={(event) => setType(event.currentTarget.value)} />
          <Select label="Severity" allowDeselect={false} data={severities} value={severity} onChange={(value) => value && setSeverity(value as Severity)} />
        </Stack>
        {open.error && <ProblemNote error={open.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={open.isPending} disabled={title.trim() === ""}>
            Open the case
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
