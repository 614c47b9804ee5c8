import type { Playbook } from "@drawbridge/playbook";
import { Button, FileButton, Group, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FileJson } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./ImportDialog.module.css";
import { ImportAssistant } from "./ImportAssistant.tsx";
import { isClean, planOf } from "./import-documents.ts";
import { readImportFile } from "./read-import.ts";

/** Imports a playbook, or a bundle of several, from a file or pasted text; nothing is saved while anything is wrong with it. */
export function ImportDialog({ dropped, onClose }: { dropped: File | null; onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState<string | null>(null);
  const resetFile = useRef<() => void>(null);
  const bring = useMutation({
    mutationFn: async ({ playbooks, root }: { playbooks: readonly Playbook[]; root: string }) => {
      const { data } = await call("importPlaybooks", { body: { playbooks: [...playbooks] } });
      return { count: data.playbooks.length, open: data.playbooks.find(({ id }) => id === root) ?? data.playbooks[0] };
    },
    onSuccess: ({ count, open }) => {
      void queries.invalidateQueries({ queryKey: ["playbooks"] });
      notifyDone(count === 1 ? `${open?.name ?? "It"} is imported, as a draft.` : `${count} playbooks are imported, as drafts.`);
      if (open) void navigate({ to: "/playbooks/$id", params: { id: open.id } });
    },
  });
  const look = useMutation({
    mutationFn: () => planOf(text),
    onSuccess: (found) => {
      if (isClean(found)) bring.mutate(found);
    },
  });
  const task = look.data && !isClean(look.data) ? look.data : null;
  const load = useMutation({
    mutationFn: readImportFile,
    onSuccess: (content, file) => {
      setText(content);
      setFileName(file.name);
    },
  });
  const { mutate: loadFile } = load;
  useEffect(() => {
    if (dropped) loadFile(dropped);
  }, [dropped, loadFile]);

  const failed = load.error ?? look.error ?? bring.error;
  const fault = failed && (
    <>
      <ProblemNote error={failed} />
      <p className={classes.kept}>Nothing was saved.</p>
    </>
  );
  if (task)
    return (
      <Modal opened onClose={onClose} title={task.plan.playbooks.length === 1 ? "Import a playbook" : `Import ${task.plan.playbooks.length} playbooks`} size="xl">
        {fault}
        <ImportAssistant
          task={task}
          busy={bring.isPending}
          onBack={() => {
            bring.reset();
            look.reset();
          }}
          onImport={(playbooks, root) => bring.mutate({ playbooks, root })}
        />
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title="Import a playbook" size="lg">
      <div className={classes.drop}>
        <FileJson size={20} strokeWidth={1.75} aria-hidden />
        <span className="grow cut">{fileName ?? "A playbook's or a bundle's JSON file. You can also drop one on the page."}</span>
        <FileButton resetRef={resetFile} accept="application/json,.json" onChange={(file) => file && loadFile(file)} inputProps={{ "aria-label": "Playbook file" }}>
          {(props) => (
            <Button variant="default" {...props}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
      <Textarea
        label="Or paste it"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFileName(null);
          bring.reset();
          look.reset();
        }}
        rows={10}
        spellCheck={false}
        classNames={{ input: "mono" }}
        placeholder='{ "schemaVersion": 1, "id": "…", "name": "…", "start": [], "steps": {} }'
      />
      {fault}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={look.isPending || bring.isPending} disabled={text.trim() === ""} onClick={() => look.mutate()}>
          Import
        </Button>
      </Group>
    </Modal>
  );
}
