import { ActionIcon, Tabs, Tooltip } from "@mantine/core";
import { ChevronDown, ChevronUp, CircleEqual, Equal } from "lucide-react";
import { useCallback, useMemo, useRef } from "react";
import { changeLooks } from "../canvas/ChangeSign.tsx";
import type { ChangeKind } from "../canvas/step-view.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { FilterChips } from "../shared/FilterChips.tsx";
import { countText } from "../shared/format.ts";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { ChangeList } from "./ChangeList.tsx";
import classes from "./Compare.module.css";
import { CompareCanvas, type Reveal } from "./CompareCanvas.tsx";
import { type Change, changeKinds, type Comparison, countsOf, countsText } from "./comparison.ts";
import { type Turn, useChangeKeys } from "./use-change-keys.ts";

/** The drawing of both versions beside the list of changes; one of them is the current one in both. */
export function CompareView({
  comparison,
  catalog,
  kind,
  onKind,
  at,
  onAt,
}: {
  comparison: Comparison;
  catalog: StepCatalog;
  kind: ChangeKind | null;
  onKind: (kind: ChangeKind | null) => void;
  /** The current change's key. */
  at: string | null;
  onAt: (key: string) => void;
}) {
  const narrow = useIsNarrow();
  const { changes } = comparison;
  const counts = useMemo(() => countsOf(changes), [changes]);
  const shown = useMemo(() => (kind === null ? changes : changes.filter((change) => change.kind === kind)), [changes, kind]);
  const index = shown.findIndex(({ key }) => key === at);
  const current = shown[index] ?? null;
  const reveal = useRef<Reveal>(null);
  const go = useCallback(
    (change: Change | undefined) => {
      if (!change) return;
      onAt(change.key);
      reveal.current?.(change);
    },
    [onAt],
  );
  const turn = useCallback(
    (to: Turn) => go(shown[{ next: Math.min(shown.length - 1, index + 1), previous: Math.max(0, index - 1), first: 0, last: shown.length - 1 }[to]]),
    [go, shown, index],
  );
  useChangeKeys(turn);
  const chooseInList = useCallback((key: string) => go(changes.find((change) => change.key === key)), [go, changes]);

  if (changes.length === 0)
    return (
      <EmptyState icon={CircleEqual} title="The two are the same">
        Not a step, a line, a field or a place differs.
      </EmptyState>
    );
  const chips = [
    { value: "all" as const, label: "All", count: changes.length },
    ...changeKinds.flatMap((each) => (counts[each] > 0 ? [{ value: each, label: changeLooks[each].word, count: counts[each], icon: changeLooks[each].icon }] : [])),
  ];
  const canvas = <CompareCanvas comparison={comparison} catalog={catalog} current={current} onCurrent={onAt} reveal={reveal} />;
  const turning = (
    <span className={classes.turning}>
      <span className="num">{current ? `${index + 1} of ${shown.length.toLocaleString()}` : ""}</span>
      <Tooltip label="Previous change (P)">
        <ActionIcon size="sm" aria-label="Previous change" disabled={index <= 0} onClick={() => turn("previous")}>
          <ChevronUp size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Next change (N)">
        <ActionIcon size="sm" aria-label="Next change" disabled={index >= shown.length - 1} onClick={() => turn("next")}>
          <ChevronDown size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </span>
  );
  const filters = <FilterChips label="Kind of change" chips={chips} value={kind ?? "all"} onChange={(value) => onKind(value === "all" ? null : value)} />;
  const list =
    shown.length === 0 ? (
      <EmptyState icon={Equal} title="No change of this kind" />
    ) : (
      <ChangeList changes={shown} comparison={comparison} catalog={catalog} current={at} onChoose={chooseInList} />
    );
  const told = (
    <p className="unseen" role="status" aria-live="polite">
      {current ? spoken(current, index, shown.length) : countsText(counts)}
    </p>
  );
  if (narrow)
    return (
      <Tabs defaultValue="changes" className={classes.narrow} keepMounted={false}>
        <Tabs.List px={16}>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
          <Tabs.Tab value="canvas">Canvas</Tabs.Tab>
        </Tabs.List>
        <div className={classes.narrowFilters}>{filters}</div>
        <Tabs.Panel value="changes" className={classes.panel}>
          {list}
        </Tabs.Panel>
        <Tabs.Panel value="canvas" className={classes.panel}>
          {canvas}
        </Tabs.Panel>
        <div className={classes.narrowBar}>
          <b className="cut">{current?.title ?? countText(changes.length, "change")}</b>
          {turning}
        </div>
        {told}
      </Tabs>
    );
  return (
    <div className={classes.body}>
      <div className={classes.stage}>{canvas}</div>
      <section className={classes.side} aria-label="Changes">
        <div className={classes.bar}>
          <h2 className={classes.sum}>{countText(changes.length, "change")}</h2>
          <span className="grow" />
          {turning}
        </div>
        <div className={classes.filters}>{filters}</div>
        {list}
        <p className={classes.keys} aria-hidden>
          <kbd>N</kbd> <kbd>P</kbd> or <kbd>↓</kbd> <kbd>↑</kbd> go from change to change
        </p>
      </section>
      {told}
    </div>
  );
}

const spoken = ({ title, kind, rows }: Change, index: number, of: number): string =>
  `Change ${index + 1} of ${of}: ${title}, ${changeLooks[kind].word.toLowerCase()}${rows.length > 0 ? `: ${rows.map(({ label }) => label).join(", ")}` : ""}`;
