import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";

/** What a new playbook starts from: nothing, a shipped template, or any other playbook. */
export function TemplateChoice({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const read = (shipped: "yes" | "no") => ({
    queryKey: ["playbooks", "templates", shipped, settled],
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await call("listPlaybooks", { query: { search: settled || undefined, shipped, sort: "name", limit: 40 }, signal })).data.items,
    placeholderData: keepPreviousData,
  });
  const templates = useQuery(read("yes"));
  const others = useQuery(read("no"));
  const [kept, setKept] = useState<{ readonly value: string; readonly label: string } | null>(null);
  const options = (items: typeof templates.data) => (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const groups = [
    { group: "Templates", items: options(templates.data) },
    { group: "Other playbooks", items: options(others.data) },
  ];
  const all = groups.flatMap(({ items }) => items);
  const data = kept === null || all.some((each) => each.value === kept.value) ? groups : [...groups, { group: "Chosen", items: [kept] }];
  return (
    <Select
      label="Start from"
      placeholder="An empty canvas"
      description={value === null ? undefined : "Its steps, inputs and outputs are copied, its triggers are not."}
      data={data}
      value={value}
      searchable
      clearable
      filter={({ options: found }) => found}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(id) => {
        setKept(all.find((each) => each.value === id) ?? null);
        setSearch("");
        onChange(id);
      }}
      nothingFoundMessage="Nothing matches"
    />
  );
}
