import { operatorDocs } from "@drawbridge/playbook";
import { Button, Switch } from "@mantine/core";
import { CircleDot } from "lucide-react";
import { useMemo } from "react";
import { type Known, KnownContext } from "../completion/known-context.ts";
import { knownPaths } from "../completion/known-paths.ts";
import type { RunValues } from "../completion/run-values.ts";
import { ConditionBuilder } from "../condition/ConditionBuilder.tsx";
import { useEditor } from "../editor-context.ts";
import { once } from "../once.ts";
import { useSettledPlaybook } from "../use-settled-playbook.ts";
import classes from "./DryRunPanel.module.css";
import type { DryRunControl } from "./use-dry-run.ts";

/** Whether a dry run stands before a step, and on which condition. */
export function BreakpointFields({ id, control, values }: { id: string; control: DryRunControl; values: RunValues | null }) {
  const { catalog } = useEditor();
  const playbook = useSettledPlaybook();
  const condition = control.breakpoints.get(id);
  const set = condition !== undefined;
  const known = useMemo(
    (): Known => ({ paths: once(() => knownPaths(playbook, id, catalog, values)), operators: operatorDocs, problems: [], values, readOnly: false, kept: new Map() }),
    [playbook, id, catalog, values],
  );
  return (
    <section className={classes.values} aria-label="Breakpoint">
      <div className={classes.buttons}>
        <Button
          size="xs"
          variant={set ? "filled" : "default"}
          leftSection={<CircleDot size={13} aria-hidden />}
          aria-pressed={set}
          title="F9"
          onClick={() => control.breakAt(id, set ? undefined : null)}
        >
          Break here
        </Button>
        {set && <Switch label="Only when" checked={condition !== null} onChange={(event) => control.breakAt(id, event.currentTarget.checked ? true : null)} />}
      </div>
      {set && condition !== null && (
        <KnownContext value={known}>
          <ConditionBuilder label="Stop only when" value={condition} onChange={(logic) => control.breakAt(id, logic)} />
        </KnownContext>
      )}
    </section>
  );
}
