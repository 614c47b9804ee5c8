import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../api/call.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { emptyPlaybook, playbookFrom, slugOf } from "./new-playbook.ts";
import { TemplateChoice } from "./TemplateChoice.tsx";

/** Names a new playbook and opens it in the editor. */
export function NewPlaybookDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [id, setId] = useState<string | null>(null);
  const [description, setDescription] = useState("");
  const shownId = id ?? (name === "" ? "" : slugOf(name));
  const [template, setTemplate] = useState<string | null>(null);
  const create = useMutation({
    mutationFn: async () => {
      const as = [shownId, name.trim(), description.trim()] as const;
      const body = template === null ? emptyPlaybook(...as) : playbookFrom((await call("getDraft", { params: { id: template } })).data.playbook, ...as);
      return await call("createPlaybook", { body });
    },
    onSuccess: ({ data }) => {
      void queries.invalidateQueries({ queryKey: ["playbooks"] });
      void navigate({ to: "/playbooks/$id", params: { id: data.playbook.id } });
    },
  });
  return (
    <Modal opened onClose={onClose} title="New playbook">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="sm">
          <TemplateChoice value={template} onChange={setTemplate} />
          <TextInput label="Name" required maxLength={120} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} placeholder="Phishing triage" />
          <TextInput
            label="Id"
            description="In addresses, files and calls. It cannot be changed later."
            required
            maxLength={64}
            pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?"
            value={shownId}
            onChange={(event) => setId(event.currentTarget.value)}
            classNames={{ input: "mono" }}
          />
          <Textarea label="What it does" autosize minRows={2} maxRows={6} maxLength={8_000} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
        </Stack>
        {create.error && <ProblemNote error={create.error} />}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ""}>
            Create and open
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
