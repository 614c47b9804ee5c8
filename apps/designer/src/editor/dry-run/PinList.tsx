import { ActionIcon } from "@mantine/core";
import { Pin, X } from "lucide-react";
import { usePlaybook } from "../editor-context.ts";
import classes from "./DryRunPanel.module.css";
import type { DryRunControl } from "./use-dry-run.ts";

/** The steps whose output is pinned. */
export function PinList({ control: { pins, pin, select } }: { control: DryRunControl }) {
  const { steps } = usePlaybook();
  const ids = Object.keys(pins).filter((id) => Object.hasOwn(steps, id));
  if (ids.length === 0) return null;
  return (
    <section aria-label="Pinned outputs">
      <h3 className={classes.heading}>Pinned: these return what you kept, and do nothing</h3>
      <ul className={classes.pins}>
        {ids.map((id) => {
          const name = steps[id]?.name ?? id;
          return (
            <li key={id}>
              <Pin size={13} aria-hidden />
              <button type="button" className={classes.event} onClick={() => select(id)}>
                {name}
              </button>
              <ActionIcon size="sm" aria-label={`Unpin ${name}`} onClick={() => pin(id, undefined)}>
                <X size={13} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
