import type { Playbook } from "@drawbridge/playbook";
import { clockText } from "../../shared/format.ts";
import type { EditorStore } from "../editor-store.ts";
import type { Autosave } from "./autosave.ts";
import { ask, type DraftStore } from "./draft-store.ts";
import { editsOf, type KeptRow, type KeptRows } from "./kept-edits.ts";
import { reconcile } from "./reconcile.ts";

interface Parts {
  readonly rows: KeptRows;
  readonly owner: Pick<KeptRow, "person" | "playbook" | "tab">;
  readonly store: EditorStore;
  readonly draft: DraftStore;
  readonly autosave: Autosave;
  /** Does the work when that tab lives no more. */
  readonly whenGone: (tab: string, work: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Puts into the draft what tabs of this person had not saved when they ended; those that live still are waited for. */
export async function recoverEdits(parts: Parts): Promise<void> {
  const { rows, owner, signal } = parts;
  const others = (await rows.list(owner.person, owner.playbook)).filter(({ tab }) => tab !== owner.tab).sort((a, b) => a.at - b.at);
  await Promise.all(others.map(({ tab }) => parts.whenGone(tab, () => recoverTab(parts, tab), signal)));
}

async function recoverTab({ rows, owner, store, draft, autosave, signal }: Parts, tab: string): Promise<void> {
  const row = (await rows.list(owner.person, owner.playbook)).find((each) => each.tab === tab);
  if (signal.aborted) return;
  if (!row) return autosave.moved();
  const drop = () => rows.remove(owner.person, owner.playbook, tab);
  const edits = editsOf(row);
  if (!edits) return;
  const before = store.getState().playbook;
  const put = async (after: Playbook): Promise<void> => {
    store.getState().adopt(after, "recover edits", false);
    if (edits.over !== null) autosave.standOn(edits.over, after);
    await autosave.keep();
    await drop();
  };
  const outcome = reconcile({ base: edits.base, sent: edits.sent, mine: edits.mine, theirs: before });
  if (outcome.kind === "theirs") return drop();
  if (outcome.kind === "question")
    return ask(draft, {
      other: "Recovered",
      told: `Edits that were made here until ${clockText(edits.at)} had not been saved, and the draft was changed since then.`,
      base: outcome.base,
      theirs: edits.mine,
      answer: (merged) => void put(merged),
    });
  const after = outcome.kind === "merged" ? outcome.playbook : edits.mine;
  await put(after);
  draft.setState({ recovered: { before, after, at: edits.at } });
}
