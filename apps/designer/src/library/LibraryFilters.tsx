import { Select } from "@mantine/core";
import { useCatalog } from "../api/catalog.ts";

interface Filters {
  /** Null when all of them are pressed elsewhere. */
  readonly tags: readonly { readonly tag: string; readonly count: number }[] | null;
  readonly tag: string;
  readonly action: string;
  readonly onChange: (change: { readonly tag?: string; readonly action?: string }) => void;
}

/** Which playbooks the library shows: by any tag, by what they call. */
export function LibraryFilters({ tags, tag, action, onChange }: Filters) {
  return (
    <>
      {tags && (
        <Select
          aria-label="All tags"
          placeholder={`All ${tags.length} tags`}
          size="xs"
          w={150}
          searchable
          clearable
          limit={200}
          data={tags.map((each) => ({ value: each.tag, label: `${each.tag} (${each.count.toLocaleString()})` }))}
          value={tag === "" ? null : tag}
          onChange={(next) => onChange({ tag: next ?? "" })}
          nothingFoundMessage="No such tag"
          comboboxProps={{ width: 240, position: "bottom-end" }}
        />
      )}
      <ActionFilter value={action} onChange={(next) => onChange({ action: next })} />
    </>
  );
}

/** Only playbooks that call an action, or any action of an integration; empty for all. */
function ActionFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const catalog = useCatalog();
  const groups = (catalog?.integrations ?? []).map(({ id, title }) => ({
    group: title,
    items: [
      { value: id, label: `Anything of ${title}` },
      ...(catalog?.actions ?? []).filter((each) => each.integration === id).map((each) => ({ value: each.name, label: `${each.title} (${each.name})` })),
    ],
  }));
  const known = value === "" || groups.some(({ items }) => items.some((each) => each.value === value));
  return (
    <Select
      aria-label="Action used"
      autoFocus={value === ""}
      placeholder="Any action"
      size="xs"
      w={190}
      searchable
      clearable
      limit={200}
      data={known ? groups : [...groups, { group: "Not here", items: [{ value, label: value }] }]}
      value={value === "" ? null : value}
      onChange={(next) => onChange(next ?? "")}
      nothingFoundMessage="No such action"
      comboboxProps={{ width: 320, position: "bottom-end" }}
    />
  );
}
