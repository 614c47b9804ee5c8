import { useMemo } from "react";
import { usePlaybook } from "../editor-context.ts";
import { MergeDialog } from "../merge/MergeDialog.tsx";
import type { MergeQuestion } from "./draft-store.ts";

/** Asks which side stays where two changes of the draft do not fit together; all else is merged. */
export function QuestionDialog({ question, onClose }: { question: MergeQuestion; onClose: () => void }) {
  const mine = usePlaybook();
  const { base, theirs } = question;
  const sides = useMemo(() => ({ base, mine, theirs }), [base, mine, theirs]);
  const words = { title: "Which of the two stays?", told: question.told, theirs: question.other, by: "", take: "Merge", leave: "Later" };
  return <MergeDialog sides={sides} words={words} onTake={question.answer} onClose={onClose} />;
}
