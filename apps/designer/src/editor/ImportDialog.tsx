import { type ParseProblem, parsePlaybookText } from "@drawbridge/playbook";
import { Alert, Button, FileButton, Group, Modal, Stack, Textarea } from "@mantine/core";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { countText } from "../shared/format.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./dialogs.module.css";

/** Puts a document from a file or the clipboard in the draft's place; what is wrong with it is listed with its place. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { id, store } = useEditor();
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<readonly ParseProblem[]>([]);
  const take = () => {
    const parsed = parsePlaybookText(text);
    if (!parsed.ok) return setProblems(parsed.problems);
    store.getState().replace({ ...parsed.playbook, id }, "import JSON");
    store.getState().say(`${countText(Object.keys(parsed.playbook.steps).length, "step")} imported`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Import JSON" size="lg">
      <Stack gap={12}>
        <p className={classes.text}>The document takes the draft's place; its id stays {id}. It can be undone.</p>
        <Group gap={8}>
          <FileButton accept="application/json,.json" onChange={(file) => void file?.text().then(setText)}>
            {(props) => (
              <Button variant="default" leftSection={<FileUp size={14} />} {...props}>
                Choose a file
              </Button>
            )}
          </FileButton>
        </Group>
        <Textarea
          label="Or paste it"
          value={text}
          minRows={10}
          maxRows={16}
          autosize
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mono)", fontSize: 12 } }}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setProblems([]);
          }}
        />
        {problems.length > 0 && (
          <Alert color="red" title={countText(problems.length, "problem")}>
            <ul className={classes.findings}>
              {problems.slice(0, 30).map((problem, index) => (
                <li key={index}>
                  {problem.message}{" "}
                  <code className={classes.code}>{problem.pointer || (problem.line === undefined ? "/" : `line ${problem.line}, column ${problem.column ?? 1}`)}</code>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={text.trim() === ""} onClick={take}>
            Replace the draft
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
