import { Select } from "@mantine/core";
import { Activity } from "lucide-react";
import classes from "./ValuesFrom.module.css";
import type { ValueSources } from "./use-value-sources.ts";

/** Which run the values beside the expressions are taken from. */
export function ValuesFrom({ sources: { sources, chosen, choose, values } }: { sources: ValueSources }) {
  if (sources.length === 0)
    return (
      <p className={classes.none}>
        <Activity size={13} aria-hidden />
        {values === undefined ? "Looking for the last run…" : "No run yet: after a run or a dry run, values show here."}
      </p>
    );
  return (
    <Select
      className={classes.from}
      aria-label="Values from"
      size="xs"
      leftSection={<Activity size={13} aria-hidden />}
      data={[...sources]}
      value={chosen}
      allowDeselect={false}
      onChange={(next) => next !== null && choose(next)}
    />
  );
}
