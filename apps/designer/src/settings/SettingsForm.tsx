import type { PlaybookSettings } from "@drawbridge/protocol";
import { Button, NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { countText } from "../shared/format.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./SettingsForm.module.css";

interface Preview {
  readonly runs: number;
  readonly more: boolean;
}

interface SettingsFormProps {
  readonly kept: PlaybookSettings;
  /** What counts where a field is empty. */
  readonly otherwise: { readonly [Key in keyof PlaybookSettings]: string };
  readonly mayEdit: boolean;
  readonly previewKey: string;
  readonly preview: (limits: { keepDays?: number; keepRuns?: number }, signal: AbortSignal) => Promise<Preview>;
  readonly save: (settings: PlaybookSettings) => void;
  readonly saving: boolean;
  readonly error: Error | null;
  readonly children?: ReactNode;
}

type Typed = { readonly [Key in keyof PlaybookSettings]: number | string };
const most = 1_000_000;
const numberOf = (value: number | string): number | null => (value === "" ? null : Number(value));
const typedOf = (kept: PlaybookSettings): Typed => ({ keepDays: kept.keepDays ?? "", keepRuns: kept.keepRuns ?? "", callsAtOnce: kept.callsAtOnce ?? "" });

/** Retention and limit of one playbook or of all, with what saving them would delete. */
export function SettingsForm({ kept, otherwise, mayEdit, previewKey, preview, save, saving, error, children }: SettingsFormProps) {
  const [typed, setTyped] = useState(() => typedOf(kept));
  const set = (key: keyof PlaybookSettings) => (value: number | string) => setTyped((earlier) => ({ ...earlier, [key]: value }));
  const wanted: PlaybookSettings = { keepDays: numberOf(typed.keepDays), keepRuns: numberOf(typed.keepRuns), callsAtOnce: numberOf(typed.callsAtOnce) };
  const changed = (Object.keys(wanted) as (keyof PlaybookSettings)[]).some((key) => wanted[key] !== kept[key]);
  const shared = { min: 1, max: most, clampBehavior: "strict", allowDecimal: false, allowNegative: false, disabled: !mayEdit, thousandSeparator: " " } as const;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save(wanted);
      }}
    >
      <div className={classes.setting}>
        <NumberInput label="Keep runs for" suffix=" days" placeholder={otherwise.keepDays} value={typed.keepDays} onChange={set("keepDays")} {...shared} />
        <p>Runs that ended longer ago are deleted, with all that they called.</p>
      </div>
      <div className={classes.setting}>
        <NumberInput label="Keep at most" suffix=" runs" placeholder={otherwise.keepRuns} value={typed.keepRuns} onChange={set("keepRuns")} {...shared} />
        <p>Of those that have ended, the newest stay; the rest is deleted.</p>
      </div>
      <div className={classes.setting}>
        <NumberInput label="Calls at once" placeholder={otherwise.callsAtOnce} value={typed.callsAtOnce} onChange={set("callsAtOnce")} {...shared} />
        <p>How many actions its runs may have under way together; others wait their turn, nothing is lost. It counts from the next call on.</p>
      </div>
      <WouldDelete wanted={wanted} previewKey={previewKey} preview={preview} />
      {children}
      {error && <ProblemNote error={error} />}
      {mayEdit && (
        <div className={classes.actions}>
          <Button type="submit" loading={saving} disabled={!changed}>
            Save
          </Button>
          <Button variant="default" disabled={!changed || saving} onClick={() => setTyped(typedOf(kept))}>
            Undo
          </Button>
        </div>
      )}
    </form>
  );
}

function WouldDelete({ wanted, previewKey, preview }: { wanted: PlaybookSettings } & Pick<SettingsFormProps, "previewKey" | "preview">) {
  const [{ keepDays, keepRuns }] = useDebouncedValue(wanted, 400);
  const found = useQuery({
    queryKey: ["settings", "preview", previewKey, keepDays, keepRuns],
    queryFn: ({ signal }) => preview({ ...(keepDays !== null && { keepDays }), ...(keepRuns !== null && { keepRuns }) }, signal),
    placeholderData: (earlier) => earlier,
  });
  return (
    <div className={classes.would} data-some={(found.data?.runs ?? 0) > 0 || undefined} aria-live="polite">
      {found.error ? (
        <ProblemNote error={found.error} />
      ) : found.data ? (
        <>
          <strong>
            {found.data.runs === 0
              ? "No run would be deleted now."
              : `${countText(found.data.runs, "run")}${found.data.more ? " or more" : ""} would be deleted, within the hour and for good.`}
          </strong>{" "}
          Open runs, and those whose case is open, stay. What is left of a deleted run is its entry in the audit log.
        </>
      ) : (
        "Counting what would be deleted"
      )}
    </div>
  );
}
