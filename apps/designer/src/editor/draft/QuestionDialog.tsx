import { mergePlaybooks, type Side } from "@drawbridge/playbook";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMemo, useState } from "react";
import { countText } from "../../shared/format.ts";
import classes from "../dialogs.module.css";
import { usePlaybook } from "../editor-context.ts";
import { ConflictChoices } from "./ConflictChoices.tsx";
import type { MergeQuestion } from "./draft-store.ts";

/** Asks which side stays where two changes of the draft do not fit together; all else is merged. */
export function QuestionDialog({ question, onClose }: { question: MergeQuestion; onClose: () => void }) {
  const mine = usePlaybook();
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const merge = useMemo(() => mergePlaybooks(question.base, mine, question.theirs, choices), [question, mine, choices]);
  return (
    <Modal opened onClose={onClose} title="Which of the two stays?" size="md">
      <Stack gap={12}>
        <p className={classes.text}>
          {question.told}{" "}
          {merge.conflicts.length === 0
            ? "What both changed fits together now; nothing of either is lost."
            : `${countText(merge.conflicts.length, "thing was", "things were")} changed on both sides. Choose for each; all else is merged.`}
        </p>
        <ConflictChoices conflicts={merge.conflicts} choices={choices} mine="Mine" theirs={question.other} onChoose={setChoices} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Later
          </Button>
          <Button onClick={() => question.answer(merge.playbook)}>Merge</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
