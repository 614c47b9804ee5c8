import type { CaseDetail } from "@drawbridge/protocol";
import { Button, Group, Modal, MultiSelect, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../api/call.ts";
import { useSession } from "../api/session.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { usePeople } from "./use-people.ts";

/** Opens a child case, restricted unless told otherwise. */
export function ChildCaseDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const session = useSession();
  const [title, setTitle] = useState(detail.title);
  const [restricted, setRestricted] = useState(true);
  const [search, setSearch] = useState("");
  const [members, setMembers] = useState<string[]>(session ? [session.person.email] : []);
  const people = usePeople(search).data ?? [];
  const options = new Map([...people, ...(session ? [session.person] : [])].map((person) => [person.email, { value: person.email, label: person.name }]));
  for (const email of members) if (!options.has(email)) options.set(email, { value: email, label: email });
  const open = useMutation({
    mutationFn: () => call("openChild", { params: { id: detail.id }, body: { title: title.trim(), restricted, members } }),
    onSuccess: ({ data }) => {
      void queries.invalidateQueries({ queryKey: ["case", detail.id] });
      void navigate({ to: "/cases/$id", params: { id: data.id } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Open a child case of ${detail.id}`}>
      <Stack gap="sm">
        <TextInput label="Title" required maxLength={200} data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        <Switch label="Restricted" description="Only its members can see that it exists." checked={restricted} onChange={(event) => setRestricted(event.currentTarget.checked)} />
        <MultiSelect
          label="Members"
          data={[...options.values()]}
          value={members}
          onChange={setMembers}
          searchable
          searchValue={search}
          onSearchChange={setSearch}
          nothingFoundMessage="Nobody matches"
          placeholder="Search people"
        />
      </Stack>
      {open.error && <ProblemNote error={open.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={open.isPending} disabled={title.trim() === "" || (restricted && members.length === 0)} onClick={() => open.mutate()}>
          Open the child case
        </Button>
      </Group>
    </Modal>
  );
}
