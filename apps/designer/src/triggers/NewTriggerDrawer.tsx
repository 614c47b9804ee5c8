import type { TriggerView } from "@drawbridge/protocol";
import { Drawer, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { NewToken } from "./NewToken.tsx";
import { TriggerForm } from "./TriggerForm.tsx";
import formClasses from "./TriggerForm.module.css";

/** Makes a webhook or a schedule; a webhook's token is shown before the trigger's page opens. */
export function NewTriggerDrawer({ kind, playbook: given, onClose }: { kind: TriggerView["kind"]; playbook: string | undefined; onClose: () => void }) {
  const navigate = useNavigate();
  const [playbook, setPlaybook] = useState(given ?? null);
  const [made, setMade] = useState<{ readonly trigger: TriggerView; readonly token: string } | null>(null);
  const open = (trigger: TriggerView) => void navigate({ to: "/triggers/$id", params: { id: trigger.id } });
  const close = () => {
    onClose();
    if (made) open(made.trigger);
  };
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={560}
      title={made ? `${made.trigger.name} is ready` : `New ${kind}`}
      closeOnClickOutside={made === null}
      closeOnEscape={made === null}
    >
      {made ? (
        <NewToken trigger={made.trigger} token={made.token} onClose={close} />
      ) : (
        <div className={formClasses.form}>
          <PlaybookChoice value={playbook} onChange={setPlaybook} />
          {playbook !== null && (
            <TriggerForm
              kind={kind}
              playbook={playbook}
              trigger={null}
              onClose={onClose}
              onSaved={(trigger, token) => {
                if (token !== null) return setMade({ trigger, token });
                notifyDone(`${trigger.name} is on.`);
                onClose();
                open(trigger);
              }}
            />
          )}
        </div>
      )}
    </Drawer>
  );
}

function PlaybookChoice({ value, onChange }: { value: string | null; onChange: (id: string) => void }) {
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, 200);
  const playbooks = useQuery({
    queryKey: ["playbooks", "to-trigger", asked],
    queryFn: async ({ signal }) => (await call("listPlaybooks", { query: { search: asked || undefined, sort: "name", limit: 100 }, signal })).data.items,
    placeholderData: keepPreviousData,
  });
  const own = useQuery({
    queryKey: ["playbook", value, "summary"],
    queryFn: async ({ signal }) => (await call("getPlaybook", { params: { id: value ?? "" }, signal })).data,
    enabled: value !== null,
  });
  const offered = (playbooks.data ?? []).map(({ id, name, live }) => ({ value: id, label: live === null ? `${name} (draft)` : name }));
  const chosen = own.data && !offered.some((each) => each.value === own.data.id) ? [{ value: own.data.id, label: own.data.name }] : [];
  return (
    <>
      <Select
        label="Playbook"
        description="Its live version runs."
        required
        searchable
        allowDeselect={false}
        data-autofocus={value === null || undefined}
        nothingFoundMessage={playbooks.isFetching ? "Searching" : "No playbook matches"}
        placeholder="Search the playbooks"
        data={[...chosen, ...offered]}
        value={value}
        onChange={(next) => next !== null && onChange(next)}
        onSearchChange={(text) => setSearch(own.data?.name === text ? "" : text)}
      />
      {playbooks.error && <ProblemNote error={playbooks.error} />}
    </>
  );
}
