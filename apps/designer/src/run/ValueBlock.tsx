import { formatPath, type Json } from "@drawbridge/playbook";
import { CloseButton, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { CopyButton } from "../shared/CopyButton.tsx";
import { bytesText } from "../shared/format.ts";
import classes from "./details.module.css";
import { CopyPath } from "./values/CopyPath.tsx";
import { listsIn } from "./values/lists-in.ts";
import { usePart } from "./values/use-part.ts";
import { sourceOf } from "./values/value-source.ts";
import { ValueFinds } from "./values/ValueFinds.tsx";
import valueClasses from "./values/values.module.css";
import { ValueTable } from "./values/ValueTable.tsx";
import { ValueTree } from "./values/ValueTree.tsx";

interface ValueBlockProps {
  readonly run: string;
  readonly label: string;
  readonly value: Json | undefined;
  /** How an expression reads it: `steps`, the step, `output`. */
  readonly named?: readonly string[];
}

/** A value as a tree or a table, to search and to copy; of a large one only what is looked at is fetched. */
export function ValueBlock(props: ValueBlockProps) {
  const { value } = props;
  return value === undefined ? <p className="muted">There is none yet.</p> : <Shown {...props} value={value} />;
}

function Shown({ run, label, value, named = null }: Omit<ValueBlockProps, "named"> & { readonly value: Json; readonly named?: readonly string[] | null }) {
  const source = useMemo(() => sourceOf(run, value), [run, value]);
  const root = useMemo(() => [], []);
  const part = usePart(source, root);
  const lists = useMemo(() => listsIn(Array.isArray(value) || isList(part.entries) ? "array" : "object", part.entries), [value, part.entries]);
  const [asTable, setAsTable] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [words, setWords] = useState("");
  const [searched] = useDebouncedValue(words.trim(), 200);
  const list = lists[chosen] ?? lists[0];
  const searchable = source.kind === "kept" || (typeof value === "object" && value !== null);
  return (
    <section className={classes.value} aria-label={label}>
      <header className={classes.valueHead}>
        <h3 className={classes.section}>{label}</h3>
        {source.kind === "kept" && <span className="muted">, {bytesText(source.bytes)}</span>}
        <span className="grow" />
        {named && <CopyPath path={formatPath(named)} />}
        {source.kind === "here" && <CopyButton value={JSON.stringify(value, null, 2)} label={`Copy ${label.toLowerCase()}`} />}
      </header>
      {searchable && (
        <div className={valueClasses.bar}>
          <TextInput
            size="xs"
            className="grow"
            miw={120}
            aria-label={`Search ${label.toLowerCase()}`}
            placeholder="Search names and values"
            maxLength={200}
            value={words}
            leftSection={<Search size={13} strokeWidth={1.75} aria-hidden />}
            rightSection={words !== "" && <CloseButton size="xs" aria-label="Clear the search" onClick={() => setWords("")} />}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {list && (
            <SegmentedControl
              size="xs"
              aria-label={`Show ${label.toLowerCase()} as`}
              value={asTable ? "table" : "tree"}
              onChange={(next) => setAsTable(next === "table")}
              data={[
                { value: "tree", label: "Tree" },
                { value: "table", label: "Table" },
              ]}
            />
          )}
          {asTable && lists.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Which list"
              data={lists.map((path, index) => ({ value: String(index), label: formatPath(path) }))}
              value={String(chosen)}
              onChange={(event) => setChosen(Number(event.currentTarget.value))}
            />
          )}
        </div>
      )}
      <div className={classes.tree}>
        {searched !== "" ? (
          <ValueFinds source={source} named={named} words={searched} />
        ) : asTable && list ? (
          <ValueTable key={chosen} source={source} path={list} named={named && [...named, ...list]} label={`${label}, table`} />
        ) : (
          <ValueTree run={run} source={source} named={named} label={label} />
        )}
      </div>
    </section>
  );
}

/** Entries of a list are numbered from 0 on. */
const isList = (entries: readonly { readonly key: string }[]): boolean => entries.length > 0 && entries.every(({ key }, index) => key === String(index));
