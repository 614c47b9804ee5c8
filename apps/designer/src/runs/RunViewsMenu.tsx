import { Button, Group, Menu, Modal, TextInput } from "@mantine/core";
import type { RunQuery, SavedRunView } from "@drawbridge/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Check, Trash2 } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyProblem } from "../shared/notify.ts";
import { asProblem } from "../api/api-problem.ts";
import { sameQuery, tidy } from "./run-query.ts";

const key = ["run-views"] as const;

/** The searches that one has saved, and saving this one. */
export function RunViewsMenu({ query, onChoose }: { query: RunQuery; onChoose: (query: RunQuery) => void }) {
  const queries = useQueryClient();
  const views = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await call("listRunViews", { signal })).data.items });
  const [saving, setSaving] = useState(false);
  const all = views.data ?? [];
  const current = all.find((view) => sameQuery(view.query, query));
  const readAgain = () => queries.invalidateQueries({ queryKey: key });
  const remove = (id: string) => void call("deleteRunView", { params: { id } }).catch(notifyProblem).then(readAgain);
  return (
    <>
      <Menu position="bottom-end" width={260} onOpen={() => void readAgain()}>
        <Menu.Target>
          <Button variant="default" leftSection={<Bookmark size={15} strokeWidth={1.75} aria-hidden />}>
            {current?.name ?? "Views"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {all.length === 0 && <Menu.Label>You have saved no view yet.</Menu.Label>}
          {all.map((view) => (
            <Menu.Item key={view.id} leftSection={view === current ? <Check size={14} aria-label="Chosen" /> : <span style={{ width: 14 }} />} onClick={() => onChoose(view.query)}>
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item disabled={Object.keys(tidy(query)).length === 0 || current !== undefined} onClick={() => setSaving(true)}>
            Save this view
          </Menu.Item>
          {current && (
            <Menu.Item color="red" leftSection={<Trash2 size={14} aria-hidden />} onClick={() => remove(current.id)}>
              Delete “{current.name}”
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {saving && <SaveView query={query} views={all} onClose={() => (setSaving(false), void readAgain())} />}
    </>
  );
}

function SaveView({ query, views, onClose }: { query: RunQuery; views: readonly SavedRunView[]; onClose: () => void }) {
  const [name, setName] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const same = views.find((view) => view.name === name.trim());
  const save = async () => {
    setBusy(true);
    const body = { name: name.trim(), query: tidy(query) };
    try {
      await (same ? call("updateRunView", { params: { id: same.id }, body }) : call("createRunView", { body }));
      onClose();
    } catch (error) {
      setRefusal(asProblem(error).detail);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title="Save this view" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "" && !busy) void save();
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          description="Only you see it. It keeps the filters and the words, not the runs."
          maxLength={80}
          value={name}
          error={refusal}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ""}>
            {same ? "Replace the view" : "Save"}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
