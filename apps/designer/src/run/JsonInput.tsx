import { Textarea } from "@mantine/core";
import { readJson } from "./read-json.ts";

/** A JSON value as text, with what is wrong with it. */
export function JsonInput({ label, description, value, onChange }: { label: string; description?: string; value: string; onChange: (value: string) => void }) {
  const read = readJson(value);
  return (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={4}
      maxRows={14}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mono)", fontSize: 12 } }}
      value={value}
      error={read.ok ? undefined : read.problem}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
