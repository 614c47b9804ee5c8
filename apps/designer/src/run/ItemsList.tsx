import { itemsOf, type ItemState, type Plan, type Run } from "@drawbridge/interpreter";
import { TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { FilterChips } from "../shared/FilterChips.tsx";
import { StatusMark } from "../shared/StatusMark.tsx";
import { VirtualList } from "../shared/VirtualList.tsx";
import type { AttemptBar } from "./attempt-bars.ts";
import { AttemptsTab } from "./AttemptsTab.tsx";
import classes from "./details.module.css";
import { valueText } from "./explained.ts";
import { FailureNote } from "./FailureNote.tsx";
import { ValueBlock } from "./ValueBlock.tsx";

type Show = "all" | "failed" | "in-doubt" | "under-way" | "succeeded" | "waiting";

const showOf: { readonly [Status in ItemState["status"]]: Exclude<Show, "all"> } = {
  waiting: "waiting",
  running: "under-way",
  sleeping: "under-way",
  "in-doubt": "in-doubt",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "waiting",
};
const words: { readonly [Each in Show]: string } = {
  all: "All",
  failed: "Failed",
  "in-doubt": "In doubt",
  "under-way": "Under way",
  succeeded: "Succeeded",
  waiting: "Not reached",
};
const nothingMore = () => undefined;

interface ItemsListProps {
  readonly run: Run;
  readonly plan: Plan;
  readonly step: string;
  readonly total: number;
  readonly attempts: readonly AttemptBar[];
  readonly now: number;
}

/** Every item of a for-each, by state and by what is in it; one of them opens below. */
export function ItemsList({ run, plan, step, total, attempts, now }: ItemsListProps) {
  const [show, setShow] = useState<Show>("all");
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<number | null>(null);
  const items = useMemo(() => itemsOf(run, plan, step, 0, total).map((item, index) => ({ ...item, index })), [run, plan, step, total]);
  const counts = useMemo(() => {
    const found = new Map<Show, number>([["all", items.length]]);
    for (const { status } of items) found.set(showOf[status], (found.get(showOf[status]) ?? 0) + 1);
    return found;
  }, [items]);
  const wanted = search.trim().toLowerCase();
  const shown = useMemo(
    () => items.filter(({ status, item }) => (show === "all" || showOf[status] === show) && (wanted === "" || JSON.stringify(item).toLowerCase().includes(wanted))),
    [items, show, wanted],
  );
  const chips = (Object.keys(words) as Show[]).filter((value) => value === "all" || value === show || counts.has(value));
  const open = opened === null ? undefined : items[opened];
  return (
    <section className={classes.items} aria-label="Items">
      <header className={classes.valueHead}>
        <h3 className={classes.section}>Items</h3>
        <span className="grow" />
        <TextInput
          size="xs"
          w={150}
          type="search"
          aria-label="Find in items"
          placeholder="Find in items"
          leftSection={<Search size={13} strokeWidth={1.75} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </header>
      <FilterChips<Show> label="Which items" chips={chips.map((value) => ({ value, label: words[value], count: counts.get(value) ?? 0 }))} value={show} onChange={setShow} />
      {shown.length === 0 ? (
        <p className="muted">No item matches.</p>
      ) : (
        <VirtualList items={shown} keyOf={({ index }) => String(index)} height={30} label="Items of this step" more={nothingMore} className={classes.itemRows}>
          {({ index, item, status }) => (
            <button type="button" className={classes.item} aria-expanded={index === opened} onClick={() => setOpened(index === opened ? null : index)}>
              <span className="muted num">{index + 1}</span>
              <span className="mono cut grow">{valueText(item)}</span>
              <StatusMark status={status} />
            </button>
          )}
        </VirtualList>
      )}
      {open && (
        <section className={classes.openItem} aria-label={`Item ${open.index + 1}`}>
          <h3 className={classes.section}>Item {open.index + 1}</h3>
          {open.child !== undefined && (
            <Link to="/runs/$id" params={{ id: open.child }}>
              The run that it called
            </Link>
          )}
          {open.error && <FailureNote error={open.error} attempts={open.attempts} next="The step goes on with the other items, and fails when more fail than it tolerates." />}
          <ValueBlock run={run.id} label="Item" value={open.item} />
          {open.output !== undefined && <ValueBlock run={run.id} label="Output" value={open.output} />}
          <AttemptsTab run={run.id} attempts={attempts.filter((bar) => bar.item === open.index)} now={now} />
        </section>
      )}
    </section>
  );
}
