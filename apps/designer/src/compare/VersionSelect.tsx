import { Select } from "@mantine/core";
import { relativeText } from "../shared/format.ts";
import type { VersionFacts } from "./use-compared.ts";
import classes from "./Compare.module.css";

/** Chooses a published version or the person's own draft. */
export function VersionSelect({
  label,
  value,
  versions,
  live,
  hasDraft,
  now,
  onChange,
}: {
  label: string;
  value: number | "draft";
  versions: readonly VersionFacts[];
  live: number | null;
  hasDraft: boolean;
  now: number;
  onChange: (side: number | "draft") => void;
}) {
  const facts = new Map(versions.map((each) => [String(each.version), each]));
  const options = [{ value: "draft", label: "My draft" }, ...versions.map(({ version }) => ({ value: String(version), label: `v${version}${version === live ? " (live)" : ""}` }))];
  if (typeof value === "number" && !facts.has(String(value))) options.push({ value: String(value), label: `v${value}` });
  return (
    <Select
      aria-label={label}
      className={classes.version}
      data={options}
      value={String(value)}
      allowDeselect={false}
      searchable
      limit={100}
      nothingFoundMessage="No such version"
      maxDropdownHeight={320}
      comboboxProps={{ width: 320, position: "bottom-start" }}
      onChange={(next) => next !== null && onChange(next === "draft" ? "draft" : Number(next))}
      renderOption={({ option }) => {
        const each = facts.get(option.value);
        return (
          <span className={classes.option}>
            <span className={classes.optionHead}>
              <b>{option.label}</b>
              {each && (
                <span className="muted">
                  {each.by} · {relativeText(each.at, now)}
                </span>
              )}
            </span>
            <span className={`${classes.optionNote} cut`}>{each ? each.note || "No note" : hasDraft ? "As it is saved now" : "Nothing is changed in it"}</span>
          </span>
        );
      }}
    />
  );
}
