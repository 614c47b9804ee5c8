import type { CaseDetail } from "@drawbridge/protocol";
import { Button, Group, Modal, MultiSelect } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { keepCase } from "./case-queries.ts";
import { usePeople } from "./use-people.ts";

/** Who is on the case's team; of a restricted case, who can see it at all. */
export function MembersDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const queries = useQueryClient();
  const [search, setSearch] = useState("");
  const [emails, setEmails] = useState<string[]>(detail.members.map((member) => member.email));
  const people = usePeople(search).data ?? [];
  const options = new Map([...detail.members, ...people].map((person) => [person.email, { value: person.email, label: person.name }]));
  for (const email of emails) if (!options.has(email)) options.set(email, { value: email, label: email });
  const save = useMutation({
    mutationFn: () => call("setCaseMembers", { params: { id: detail.id }, body: { emails } }),
    onSuccess: ({ data }) => {
      keepCase(queries, data);
      notifyDone("The team is changed.");
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Team of ${detail.id}`}>
      <p className="secondary">
        {detail.restricted
          ? "This case is restricted: whoever is not on its team cannot learn that it exists."
          : "The team is told of what happens; everyone else can see the case too."}
      </p>
      <MultiSelect
        mt="sm"
        label="Members"
        data={[...options.values()]}
        value={emails}
        onChange={setEmails}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        nothingFoundMessage="Nobody matches"
        placeholder="Search people"
      />
      {save.error && <ProblemNote error={save.error} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={save.isPending} disabled={detail.restricted && emails.length === 0} onClick={() => save.mutate()}>
          Save the team
        </Button>
      </Group>
    </Modal>
  );
}
