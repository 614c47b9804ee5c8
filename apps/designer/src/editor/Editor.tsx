import type { Finding } from "@drawbridge/playbook";
import { useEffect, useMemo, useRef } from "react";
import { isLaidOut, layoutOf } from "../canvas/layout.ts";
import type { StepProblems } from "../canvas/step-view.ts";
import type { CanvasApi } from "../canvas/use-view.ts";
import { notifyProblem } from "../shared/notify.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { useBacktest } from "./backtest/use-backtest.ts";
import { DraftNotices } from "./draft/DraftNotices.tsx";
import { useDryRun } from "./dry-run/use-dry-run.ts";
import classes from "./Editor.module.css";
import { editorCommands } from "./editor-commands.ts";
import { useDraft, useEditor, useEditorState } from "./editor-context.ts";
import { EditorCommandPalette } from "./EditorCommandPalette.tsx";
import { EditorDialogs } from "./EditorDialogs.tsx";
import { EditorHeader } from "./EditorHeader.tsx";
import { EditorSide } from "./EditorSide.tsx";
import { EditorStage } from "./EditorStage.tsx";
import { Palette } from "./Palette.tsx";
import { ProblemsBar } from "./ProblemsBar.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { useEditorLayout } from "./use-editor-layout.ts";
import { useEditorShortcuts } from "./use-editor-shortcuts.ts";
import { problemsByStep, useFindings } from "./use-findings.ts";
import { useProblemAnnouncements } from "./use-problem-announcements.ts";

const nothingFound: readonly Finding[] = [];

/** The editor in full: palette, canvas or outline, inspector, problems. It does not follow the document; its parts do, each what it shows. */
export function Editor() {
  const editor = useEditor();
  const { store, mayEdit } = editor;
  const [layout, change] = useEditorLayout();
  const live = useDraft((state) => state.facts.live);
  const dry = useDryRun();
  const backtest = useBacktest();
  const canvas = useRef<CanvasApi>(null);
  const search = useRef<HTMLInputElement>(null);
  usePageTitle(useEditorState((state) => state.playbook.name));
  useLayoutOfNewSteps();

  const found = useFindings();
  const findings = found ?? nothingFound;
  useProblemAnnouncements(found);
  const lastProblems = useRef<ReadonlyMap<string, StepProblems>>(new Map());
  const problems = useMemo(() => (lastProblems.current = problemsByStep(findings, lastProblems.current)), [findings]);

  const commands = useMemo(() => editorCommands(editor, canvas, change), [editor, change]);
  useEditorShortcuts(commands, layout.offer !== null, change, canvas, search);
  const actions = useMemo(
    () => ({
      versions: () => change({ dialog: "versions" }),
      backtest: () => change({ backtesting: true }),
      dryRun: () => change(({ dryRunning }) => ({ dryRunning: !dryRunning, rightFolded: false })),
      run: () => change({ dialog: "run" }),
      publish: () => change({ dialog: "publish" }),
      importJson: () => change({ dialog: "import" }),
      exportJson: commands.exportJson,
      details: () => {
        store.getState().select([]);
        change({ dryRunning: false, rightFolded: false });
      },
      shortcuts: () => change({ dialog: "shortcuts" }),
    }),
    [store, commands, change],
  );
  return (
    <div className={classes.editor}>
      <EditorHeader live={live} dryRunning={layout.dryRunning} actions={actions} />
      <DraftNotices />
      <div className={classes.work}>
        {mayEdit && !layout.leftFolded && (
          <SidePanel side="left" label="Palette" name="palette" width={248} least={200} most={360}>
            <Palette onAdd={commands.addFromPalette} searchRef={search} />
          </SidePanel>
        )}
        <div className={classes.middle}>
          <EditorStage canvas={canvas} commands={commands} layout={layout} change={change} problems={problems} dry={dry} />
          <ProblemsBar findings={findings} checking={found === null} onJump={commands.jump} />
        </div>
        {!layout.rightFolded && (
          <SidePanel side="right" label="Inspector" name="inspector" width={340} least={280} most={520}>
            <EditorSide commands={commands} findings={findings} dry={dry} dryRunning={layout.dryRunning} onCloseDryRun={() => change({ dryRunning: false })} />
          </SidePanel>
        )}
      </div>
      <EditorCommandPalette commands={commands} change={change} canvas={canvas} />
      <EditorDialogs layout={layout} change={change} commands={commands} findings={findings} backtest={backtest} live={live} />
      <Announcements />
    </div>
  );
}

/** Gives steps that have no place one. */
function useLayoutOfNewSteps(): void {
  const { store } = useEditor();
  const unplaced = useEditorState(({ playbook }) => (isLaidOut(playbook) ? null : playbook));
  useEffect(() => {
    if (!unplaced) return;
    let wanted = true;
    layoutOf(unplaced).then((positions) => wanted && store.getState().fillLayout(positions), notifyProblem);
    return () => {
      wanted = false;
    };
  }, [unplaced, store]);
}

/** What a screen reader is told. */
function Announcements() {
  const said = useEditorState((state) => state.said);
  return (
    <p className="unseen" role="status" aria-live="polite">
      <span key={said.count}>{said.text}</span>
    </p>
  );
}
