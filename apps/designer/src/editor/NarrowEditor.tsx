import { Button } from "@mantine/core";
import { GitFork, History } from "lucide-react";
import { useMemo, useState } from "react";
import { Outline } from "../canvas/Outline.tsx";
import { PageHeader } from "../shared/PageHeader.tsx";
import { BacktestDrawer } from "./backtest/BacktestDrawer.tsx";
import { useBacktest } from "./backtest/use-backtest.ts";
import { DraftNotices } from "./draft/DraftNotices.tsx";
import { OthersHere } from "./draft/OthersHere.tsx";
import { useEditor, useEditorState, usePlaybook } from "./editor-context.ts";
import classes from "./NarrowEditor.module.css";
import { problemsByStep, useFindings } from "./use-findings.ts";
import { VersionsDrawer } from "./VersionsDrawer.tsx";

/** On a narrow screen a playbook is read, not edited. */
export function NarrowEditor() {
  const { store, catalog, mayEdit } = useEditor();
  const backtest = useBacktest();
  const [testing, setTesting] = useState(false);
  const [looking, setLooking] = useState(false);
  const playbook = usePlaybook();
  const selection = useEditorState((state) => state.selection);
  const findings = useFindings();
  const problems = useMemo(() => problemsByStep(findings ?? [], new Map()), [findings]);
  return (
    <>
      <PageHeader
        title={playbook.name}
        count={Object.keys(playbook.steps).length}
        actions={
          <>
            <OthersHere />
            <Button variant="default" leftSection={<History size={15} aria-hidden />} onClick={() => setLooking(true)}>
              Versions
            </Button>
            {mayEdit && (
              <Button variant="default" leftSection={<GitFork size={15} aria-hidden />} onClick={() => setTesting(true)}>
                Backtest
              </Button>
            )}
          </>
        }
      />
      <DraftNotices />
      <p className={classes.note}>To edit this playbook, open it in a window at least 900 px wide.</p>
      <div className={classes.outline}>
        <Outline playbook={playbook} catalog={catalog} selection={selection} onSelect={store.getState().select} problems={problems} />
      </div>
      {looking && <VersionsDrawer onClose={() => setLooking(false)} />}
      {testing && <BacktestDrawer control={backtest} onClose={() => setTesting(false)} />}
    </>
  );
}
