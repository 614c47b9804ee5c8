import type { Playbook } from "@drawbridge/playbook";
import type { LiveMessages, PlaybookDraft } from "@drawbridge/protocol";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SaveState } from "./autosave.ts";

/** Which version is live, which one the draft stands on, and whether the draft is the person's own. */
export type DraftFacts = Pick<PlaybookDraft, "live" | "base" | "draft">;

/** Two changes of one document that fit together but for some places, where the person chooses. */
export interface MergeQuestion {
  /** What `theirs` is called beside the choice. */
  readonly other: string;
  /** What has happened, in one sentence. */
  readonly told: string;
  readonly base: Playbook;
  readonly theirs: Playbook;
  readonly answer: (merged: Playbook) => void;
}

/** Edits of a tab that was killed, put back into the draft. */
export interface Recovered {
  readonly before: Playbook;
  readonly after: Playbook;
  /** When the last of them was made, epoch ms. */
  readonly at: number;
}

/** A version as it was told of when it was published. */
export type Published = LiveMessages["version-published"];
export type Someone = LiveMessages["playbook-people"]["people"][number];

/** What is known of the draft beside its document. */
export interface DraftState {
  readonly saved: SaveState;
  readonly facts: DraftFacts;
  readonly questions: readonly MergeQuestion[];
  readonly recovered: Recovered | null;
  /** The newest version of which this tab was told. */
  readonly published: Published | null;
  /** Others who have the playbook open. */
  readonly others: readonly Someone[];
}

export type DraftStore = StoreApi<DraftState>;

export function createDraftStore({ live, base, draft, updatedAt }: PlaybookDraft): DraftStore {
  return createStore<DraftState>()(() => ({
    saved: { kind: "saved", at: Date.parse(updatedAt) },
    facts: { live, base, draft },
    questions: [],
    recovered: null,
    published: null,
    others: [],
  }));
}

/** Puts a question to the person; it goes when it is answered. */
export function ask(store: DraftStore, question: MergeQuestion): void {
  const asked: MergeQuestion = {
    ...question,
    answer: (merged) => {
      store.setState(({ questions }) => ({ questions: questions.filter((each) => each !== asked) }));
      question.answer(merged);
    },
  };
  store.setState(({ questions }) => ({ questions: [...questions, asked] }));
}
