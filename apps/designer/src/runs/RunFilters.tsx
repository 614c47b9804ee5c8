import { Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDebouncedValue } from "@mantine/hooks";
import { type RunQuery, runSpans, type RunStats } from "@drawbridge/protocol";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../api/call.ts";
import { filtersSet, spanWords } from "./run-query.ts";
import classes from "./RunFilters.module.css";

interface Filters {
  readonly query: RunQuery;
  readonly stats: RunStats | undefined;
  readonly onChange: (change: RunQuery) => void;
}

/** Which runs are listed, beside their state: by playbook, time, case, what failed, and a value in their input. */
export function RunFilters({ query, stats, onChange }: Filters) {
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <PlaybookFilter value={query.playbook} stats={stats} onChange={(playbook) => onChange({ playbook })} />
      <TimeFilter query={query} onChange={onChange} />
      <TextFilter label="Case" placeholder="CASE-1024" value={query.caseId} onChange={(caseId) => onChange({ caseId })} />
      <TextFilter
        label="Failed step"
        placeholder="Any step"
        value={query.failedStep}
        known={stats?.failedSteps.map(({ step }) => step)}
        onChange={(failedStep) => onChange({ failedStep })}
      />
      <TextFilter
        label="Error code"
        placeholder="Any code"
        value={query.errorCode}
        known={stats?.errorCodes.map(({ code }) => code)}
        onChange={(errorCode) => onChange({ errorCode })}
      />
      <TextFilter
        label="Value in the input"
        placeholder="A user, host, file or id"
        value={query.input}
        title="Text in any value that the run was started with; the first 4,000 characters of an input are searched"
        onChange={(input) => onChange({ input })}
      />
      {filtersSet(query) > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          className={classes.clear}
          onClick={() =>
            onChange({ playbook: undefined, caseId: undefined, failedStep: undefined, errorCode: undefined, input: undefined, span: undefined, from: undefined, to: undefined })
          }
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}

function PlaybookFilter({ value, stats, onChange }: { value: string | undefined; stats: RunStats | undefined; onChange: (value: string | undefined) => void }) {
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words, 200);
  const found = useQuery({
    queryKey: ["runs", "playbooks", asked],
    queryFn: async ({ signal }) => (await call("listPlaybooks", { query: { search: asked || undefined, sort: "last-run", limit: 50 }, signal })).data.items,
    placeholderData: (earlier) => earlier,
    staleTime: 30_000,
  });
  const known = new Map((stats?.playbooks ?? []).map(({ id, name }) => [id, name]));
  for (const { id, name } of found.data ?? []) known.set(id, name);
  if (value !== undefined && !known.has(value)) known.set(value, value);
  return (
    <Select
      label="Playbook"
      size="xs"
      placeholder="Any playbook"
      searchable
      clearable
      limit={50}
      data={[...known].map(([id, name]) => ({ value: id, label: name }))}
      value={value ?? null}
      onSearchChange={setWords}
      onChange={(next) => onChange(next ?? undefined)}
      nothingFoundMessage="No such playbook"
      comboboxProps={{ width: 280, position: "bottom-start" }}
    />
  );
}

const custom = "custom";

function TimeFilter({ query, onChange }: { query: RunQuery; onChange: (change: RunQuery) => void }) {
  const [choosing, setChoosing] = useState(false);
  const own = choosing || query.from !== undefined || query.to !== undefined;
  const read = (text: string): string | undefined => (text === "" || Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString());
  return (
    <>
      <Select
        label="Started"
        size="xs"
        allowDeselect={false}
        data={[{ value: "", label: "Any time" }, ...runSpans.map((span) => ({ value: span, label: spanWords[span] })), { value: custom, label: "From … to …" }]}
        value={own ? custom : (query.span ?? "")}
        onChange={(next) => {
          setChoosing(next === custom);
          if (next === custom) onChange({ span: undefined });
          else onChange({ span: runSpans.find((span) => span === next), from: undefined, to: undefined });
        }}
      />
      {own && (
        <>
          <TextInput label="From" size="xs" type="datetime-local" value={localText(query.from)} onChange={(event) => onChange({ from: read(event.currentTarget.value) })} />
          <TextInput label="To" size="xs" type="datetime-local" value={localText(query.to)} onChange={(event) => onChange({ to: read(event.currentTarget.value) })} />
        </>
      )}
    </>
  );
}

/** As the field for a local date and time takes it. */
function localText(at: string | undefined): string {
  if (at === undefined) return "";
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface Text {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  readonly known?: readonly string[] | undefined;
  readonly title?: string;
  readonly onChange: (value: string | undefined) => void;
}

/** A text that is asked for 300 ms after the last key. */
function TextFilter({ label, placeholder, value = "", known, title, onChange }: Text) {
  const [text, setText] = useState(value);
  const report = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), 300);
  useEffect(() => setText((earlier) => (earlier.trim() === value ? earlier : value)), [value]);
  return (
    <Autocomplete
      label={label}
      title={title}
      size="xs"
      placeholder={placeholder}
      clearable
      limit={50}
      maxLength={200}
      data={[...new Set(known ?? [])]}
      value={text}
      onChange={(next) => {
        setText(next);
        report(next);
      }}
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
    />
  );
}
