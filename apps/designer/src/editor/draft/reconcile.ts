import { mergePlaybooks, type Playbook, serializePlaybook } from "@drawbridge/playbook";

export interface Sides {
  /** What the server last said it has; both sides were made from it. */
  readonly base: Playbook;
  /** What was sent since then without an answer: the server may have it. */
  readonly sent: Playbook | null;
  readonly mine: Playbook;
  /** What the server has now. */
  readonly theirs: Playbook;
}

/** What becomes of edits whose draft moved on. `playbook` has all that either side changed; a `question` is put to the person, and `base` is what both began from. */
export type Reconciled =
  { readonly kind: "theirs" } | { readonly kind: "mine" } | { readonly kind: "merged"; readonly playbook: Playbook } | { readonly kind: "question"; readonly base: Playbook };

const isSame = (one: Playbook, other: Playbook) => one === other || serializePlaybook(one) === serializePlaybook(other);

/** Whether everything that `side` changed of `base` is in `whole` already. */
function contains(whole: Playbook, side: Playbook, base: Playbook): boolean {
  if (isSame(whole, side)) return true;
  const merge = mergePlaybooks(base, side, whole);
  return merge.conflicts.length === 0 && merge.renamed.length === 0 && isSame(merge.playbook, whole);
}

/** Decides what is kept of both sides; asks only where both changed the same differently. */
export function reconcile({ base, sent, mine, theirs }: Sides): Reconciled {
  if (isSame(mine, theirs)) return { kind: "theirs" };
  if (isSame(base, theirs)) return { kind: "mine" };
  const from = sent && !isSame(sent, base) && contains(theirs, sent, base) ? sent : base;
  if (isSame(from, theirs)) return { kind: "mine" };
  if (isSame(from, mine)) return { kind: "theirs" };
  const merge = mergePlaybooks(from, mine, theirs);
  if (merge.conflicts.length > 0) return { kind: "question", base: from };
  if (isSame(merge.playbook, theirs)) return { kind: "theirs" };
  return isSame(merge.playbook, mine) ? { kind: "mine" } : { kind: "merged", playbook: merge.playbook };
}
