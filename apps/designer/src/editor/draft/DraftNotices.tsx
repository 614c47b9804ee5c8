import { mergePlaybooks } from "@drawbridge/playbook";
import { History, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { RelativeTime } from "../../shared/RelativeTime.tsx";
import { useDraft, useEditor } from "../editor-context.ts";
import classes from "./DraftNotices.module.css";
import type { MergeQuestion } from "./draft-store.ts";
import { Action, Notice } from "./Notice.tsx";
import { PublishedNotice } from "./PublishedNotice.tsx";
import { QuestionDialog } from "./QuestionDialog.tsx";

/** What the person should know of the draft and can do about it. It lies over the canvas, so that nothing moves when it comes. */
export function DraftNotices() {
  const { autosave } = useEditor();
  const saved = useDraft((state) => state.saved);
  const question = useDraft((state) => state.questions[0]);
  const [putOff, setPutOff] = useState<MergeQuestion | null>(null);
  return (
    <div className={classes.notices}>
      {saved.kind === "failed" && !saved.again && (
        <Notice icon={TriangleAlert} tone="fail" actions={<Action onClick={() => void autosave.flush()}>Try again</Action>}>
          <b>{saved.problem.title}.</b> {saved.problem.detail} <code>{saved.problem.code}</code>
        </Notice>
      )}
      {question && question === putOff && (
        <Notice icon={TriangleAlert} tone="wait" actions={<Action onClick={() => setPutOff(null)}>Choose</Action>}>
          {question.told} Choose what stays.
        </Notice>
      )}
      {question && question !== putOff && <QuestionDialog question={question} onClose={() => setPutOff(question)} />}
      <RecoveredNotice />
      <PublishedNotice />
    </div>
  );
}

/** Says that edits of a killed tab are back, and takes them out again, and only them, when that is wished. */
function RecoveredNotice() {
  const { store, draft } = useEditor();
  const recovered = useDraft((state) => state.recovered);
  if (!recovered) return null;
  const close = () => draft.setState({ recovered: null });
  const discard = () => {
    store.getState().replace(mergePlaybooks(recovered.after, store.getState().playbook, recovered.before).playbook, "discard recovered edits");
    store.getState().say("Recovered edits discarded");
    close();
  };
  return (
    <Notice
      icon={History}
      tone="accent"
      actions={
        <>
          <Action onClick={discard}>Discard them</Action>
          <Action onClick={close}>Keep them</Action>
        </>
      }
    >
      <b>Edits that had not been saved were recovered.</b> The last of them was made <RelativeTime at={recovered.at} />.
    </Notice>
  );
}
