import type { LucideIcon } from "lucide-react";
import classes from "./FilterChips.module.css";

export interface FilterChip<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number | undefined;
  readonly icon?: LucideIcon;
}

/** A row of pills of which one is chosen. */
export function FilterChips<Value extends string>({
  label,
  chips,
  value,
  onChange,
}: {
  label: string;
  chips: readonly FilterChip<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {chips.map(({ icon: Icon, ...chip }) => (
        <button key={chip.value} type="button" className={classes.chip} aria-pressed={chip.value === value} onClick={() => onChange(chip.value)}>
          {Icon && <Icon size={12} strokeWidth={2} aria-hidden />}
          {chip.label}
          {chip.count !== undefined && <span className="num">{chip.count}</span>}
        </button>
      ))}
    </div>
  );
}
