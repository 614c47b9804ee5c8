import { mergePlaybooks, type Playbook } from "@drawbridge/playbook";
import { call } from "../../api/call.ts";
import type { EditorShared } from "../editor-context.ts";
import { ask } from "./draft-store.ts";

/** Brings a version that was published meanwhile into the draft, which stands on it from then on; asks only where both changed the same. */
export async function takeVersion(
  { id, store, draft, autosave }: Pick<EditorShared, "id" | "store" | "draft" | "autosave">,
  base: number,
  live: number,
  told: string,
): Promise<void> {
  const [from, theirs] = await Promise.all([base, live].map(async (version) => (await call("getVersion", { params: { id, version } })).data.playbook));
  if (!from || !theirs) return;
  const put = (merged: Playbook) => {
    store.getState().adopt(merged, `take in v${live}`, false);
    autosave.standOn(live, merged);
    store.getState().say(`Version ${live} is in your draft`);
  };
  const merge = mergePlaybooks(from, store.getState().playbook, theirs);
  if (merge.conflicts.length === 0) put(merge.playbook);
  else ask(draft, { other: `v${live}`, told, base: from, theirs, answer: put });
}
