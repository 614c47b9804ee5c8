import { Button, FileButton, Group, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FileJson } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "../api/api-problem.ts";
import { call } from "../api/call.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./ImportDialog.module.css";
import { asCopy, parseImport, readImportFile } from "./read-import.ts";

/** Imports a playbook from a file or pasted text; nothing is saved while anything is wrong with it. */
export function ImportDialog({ dropped, onClose }: { dropped: File | null; onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState<string | null>(null);
  const [copies, setCopies] = useState(0);
  const resetFile = useRef<() => void>(null);

  const bring = useMutation({
    mutationFn: async (copy: number) => {
      const document = parseImport(text);
      return await call("createPlaybook", { body: copy === 0 ? document : asCopy(document, copy) });
    },
    onSuccess: ({ data }) => {
      void queries.invalidateQueries({ queryKey: ["playbooks"] });
      notifyDone(`${data.playbook.name} is imported, as a draft.`);
      void navigate({ to: "/playbooks/$id", params: { id: data.playbook.id } });
    },
  });
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

  const failed = load.error ?? bring.error;
  const taken = bring.error !== null && asProblem(bring.error).code === "already-exists";
  const start = (copy: number) => {
    setCopies(copy);
    bring.mutate(copy);
  };
  return (
    <Modal opened onClose={onClose} title="Import a playbook" size="lg">
      <div className={classes.drop}>
        <FileJson size={20} strokeWidth={1.75} aria-hidden />
        <span className="grow cut">{fileName ?? "A playbook's JSON file. You can also drop one on the page."}</span>
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
        }}
        rows={10}
        spellCheck={false}
        classNames={{ input: "mono" }}
        placeholder='{ "schemaVersion": 1, "id": "…", "name": "…", "start": [], "steps": {} }'
      />
      {failed && <ProblemNote error={failed} />}
      {failed && <p className={classes.kept}>Nothing was saved.</p>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {taken && (
          <Button variant="default" loading={bring.isPending} onClick={() => start(copies + 1)}>
            Import as a copy
          </Button>
        )}
        <Button loading={bring.isPending && !taken} disabled={text.trim() === ""} onClick={() => start(0)}>
          Import
        </Button>
      </Group>
    </Modal>
  );
}
