import { durationMs } from "@drawbridge/playbook";
import { Select, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { Field } from "./Field.tsx";

const units = [
  { value: "S", label: "seconds", ms: 1_000 },
  { value: "M", label: "minutes", ms: 60_000 },
  { value: "H", label: "hours", ms: 3_600_000 },
  { value: "D", label: "days", ms: 86_400_000 },
] as const;
type Unit = (typeof units)[number]["value"];

const isoOf = (count: string, unit: Unit) => (unit === "D" ? `P${count}D` : `PT${count}${unit}`);

/** The largest unit in which a duration is a whole number. */
function partsOf(iso: string | undefined): { readonly count: string; readonly unit: Unit } | null {
  if (iso === undefined || iso === "") return { count: "", unit: "S" };
  const ms = durationMs(iso);
  if (ms === null) return null;
  const unit = [...units].reverse().find((each) => ms >= each.ms && ms % each.ms === 0) ?? units[0];
  return { count: String(ms / unit.ms), unit: unit.value };
}

/** A length of time as a number and a unit; what is neither is edited as text. */
export function DurationField({
  label,
  value,
  onChange,
  help,
  placeholder = "none",
  required = false,
}: {
  label: string;
  value: string | undefined;
  onChange: (iso: string | undefined) => void;
  help?: string;
  placeholder?: string;
  required?: boolean;
}) {
  const id = useId();
  const [chosen, setChosen] = useState<Unit | null>(null);
  const parts = partsOf(value);
  if (!parts)
    return (
      <Field label={label} help={help} htmlFor={id}>
        <TextInput id={id} value={value ?? ""} onChange={(event) => onChange(event.currentTarget.value || undefined)} />
      </Field>
    );
  const unit = parts.count === "" ? (chosen ?? parts.unit) : parts.unit;
  return (
    <Field label={label} help={help} htmlFor={id}>
      <div style={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr) 104px", gap: 6 }}>
        <TextInput
          id={id}
          inputMode="decimal"
          value={parts.count}
          placeholder={placeholder}
          onChange={(event) => {
            const count = event.currentTarget.value.replaceAll(/[^\d.]/g, "");
            if (count === "" && !required) return onChange(undefined);
            const iso = isoOf(unit === "S" ? count : String(Math.trunc(Number(count)) || 0), unit);
            if (durationMs(iso) !== null) onChange(iso);
          }}
        />
        <Select
          aria-label={`${label}: unit`}
          data={units.map(({ value: each, label: name }) => ({ value: each, label: name }))}
          value={unit}
          allowDeselect={false}
          onChange={(next) => {
            const picked = units.find((each) => each.value === next)?.value ?? "S";
            setChosen(picked);
            if (parts.count !== "") onChange(isoOf(String(Math.max(1, Math.trunc(Number(parts.count)))), picked));
          }}
        />
      </div>
    </Field>
  );
}
