import { mergePlaybooks, type Playbook, type Side } from "@drawbridge/playbook";
import { Button, Modal, SegmentedControl } from "@mantine/core";
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react";
import { ChangeCounts } from "../../compare/ChangeCounts.tsx";
import { CompareCanvas, type Reveal } from "../../compare/CompareCanvas.tsx";
import { compare, countsOf } from "../../compare/comparison.ts";
import { countText } from "../../shared/format.ts";
import { useEditor } from "../editor-context.ts";
import { ConflictCard } from "./ConflictCard.tsx";
import classes from "./Merge.module.css";
import { type MergeSides, namedConflict } from "./merge-conflicts.ts";

/** How the other side and the two ways on are called. */
export interface MergeWords {
  readonly title: string;
  /** What has happened, as a sentence; it is followed by what is to be done. */
  readonly told: string;
  readonly theirs: string;
  /** Who made theirs; empty when that is said already. */
  readonly by: string;
  readonly take: string;
  readonly leave: string;
}

/** A merge before it is taken: each true conflict to choose, and the playbook that comes of it on the canvas. */
export function MergeDialog({
  sides,
  words,
  busy = false,
  onTake,
  onClose,
}: {
  sides: MergeSides;
  words: MergeWords;
  busy?: boolean;
  onTake: (merged: Playbook) => void;
  onClose: () => void;
}) {
  const { catalog } = useEditor();
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [wanted, setCurrent] = useState<string | null>(null);
  const [against, setAgainst] = useState<Side>("mine");
  const reveal = useRef<Reveal>(null);
  const body = useRef<HTMLDivElement>(null);
  const { base, mine, theirs } = sides;
  const merge = useMemo(() => mergePlaybooks(base, mine, theirs, choices), [base, mine, theirs, choices]);
  const conflicts = useMemo(() => merge.conflicts.map((each) => namedConflict(each, { base, mine, theirs }, catalog)), [merge.conflicts, base, mine, theirs, catalog]);
  const comparison = useMemo(() => compare(sides[against], merge.playbook, catalog), [sides, against, merge.playbook, catalog]);
  const current = conflicts.find(({ pointer }) => pointer === wanted) ?? null;
  const step = current?.step;
  const about = useMemo(() => (step ? ({ about: "step", id: step.id } as const) : null), [step]);
  const open = conflicts.filter(({ pointer }) => !choices.has(pointer)).length;

  const show = useCallback(
    (pointer: string) => {
      if (pointer === wanted) return;
      setCurrent(pointer);
      const id = conflicts.find((each) => each.pointer === pointer)?.step?.id;
      if (id !== undefined) reveal.current?.({ about: "step", id });
    },
    [conflicts, wanted],
  );
  const choose = useCallback((pointer: string, side: Side) => setChoices((old) => new Map([...old, [pointer, side]])), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = conflicts.findIndex(({ pointer }) => pointer === wanted);
    const to = { n: at + 1, j: at + 1, p: at - 1, k: at - 1 }[event.key];
    const side = ({ m: "mine", t: "theirs" } as const)[event.key];
    if (to !== undefined && conflicts[to]) {
      show(conflicts[to].pointer);
      body.current?.querySelector<HTMLElement>(`[data-conflict="${to + 1}"] input`)?.focus();
    } else if (side && current) choose(current.pointer, side);
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={onClose} fullScreen title={words.title} classNames={{ content: classes.dialog ?? "", body: classes.dialogBody ?? "" }}>
      <div ref={body} className={classes.merge} onKeyDown={onKeyDown}>
        <section className={classes.side} aria-label="What both changed">
          <p className={classes.text}>
            {words.told}{" "}
            {conflicts.length === 0
              ? "What both changed fits together; nothing of either is lost."
              : `${countText(conflicts.length, "thing was", "things were")} changed on both sides. Choose for each; all else is merged.`}
          </p>
          {merge.renamed.map(({ from, to }) => (
            <p key={to} className={classes.text}>
              Both sides added a step {from}: mine is now {to}, and what names it follows.
            </p>
          ))}
          <div className={classes.conflicts} tabIndex={-1} data-autofocus>
            {conflicts.map((conflict, index) => (
              <ConflictCard
                key={conflict.pointer}
                conflict={conflict}
                number={index + 1}
                current={conflict === current}
                catalog={catalog}
                theirs={words.theirs}
                by={words.by}
                choice={choices.get(conflict.pointer)}
                onChoose={choose}
                onCurrent={show}
              />
            ))}
          </div>
          {conflicts.length > 0 && (
            <p className={classes.keys} aria-hidden>
              <kbd>N</kbd> <kbd>P</kbd> go from one to the next, <kbd>M</kbd> keeps mine, <kbd>T</kbd> theirs
            </p>
          )}
        </section>
        <section className={classes.preview} aria-label="The merged playbook">
          <header className={classes.previewHead}>
            <b>What comes of it</b>
            <SegmentedControl
              aria-label="Marked against"
              value={against}
              onChange={(side) => setAgainst(side === "theirs" ? "theirs" : "mine")}
              data={[
                { value: "mine", label: "against my draft" },
                { value: "theirs", label: `against ${words.theirs.toLowerCase()}` },
              ]}
            />
            <span className="grow" />
            {comparison.changes.length === 0 ? <span className="muted">the same</span> : <ChangeCounts counts={countsOf(comparison.changes)} />}
          </header>
          <div className={classes.stage}>
            <CompareCanvas
              comparison={comparison}
              catalog={catalog}
              current={about}
              reveal={reveal}
              onCurrent={(key) => {
                const pointer = conflicts.find((each) => `step:${each.step?.id ?? ""}` === key)?.pointer;
                if (pointer !== undefined) setCurrent(pointer);
              }}
            />
          </div>
        </section>
        <footer className={classes.foot}>
          <span className={classes.text} role="status">
            {open > 0 ? `${countText(open, "thing")} still to choose` : conflicts.length > 0 ? "Everything is chosen" : ""}
          </span>
          <span className="grow" />
          <Button variant="default" onClick={onClose}>
            {words.leave}
          </Button>
          <Button loading={busy} disabled={open > 0} onClick={() => onTake(merge.playbook)}>
            {words.take}
          </Button>
        </footer>
        <p className="unseen" role="status" aria-live="polite">
          {current ? `Choice ${conflicts.indexOf(current) + 1} of ${conflicts.length}: ${current.title}, ${current.field}` : ""}
        </p>
      </div>
    </Modal>
  );
}
