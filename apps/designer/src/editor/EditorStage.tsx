import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { Command, ListTree, PanelLeftOpen, PanelRightOpen, Search, StickyNote, Waypoints, Workflow } from "lucide-react";
import { memo, type RefObject, useCallback, useDeferredValue, useMemo } from "react";
import { PlaybookCanvas } from "../canvas/PlaybookCanvas.tsx";
import type { StepProblems } from "../canvas/step-view.ts";
import type { CanvasApi } from "../canvas/use-view.ts";
import { openCommands } from "./CommandPalette.tsx";
import type { DryRunControl } from "./dry-run/use-dry-run.ts";
import classes from "./Editor.module.css";
import { useEditor, useEditorState, usePlaybook } from "./editor-context.ts";
import type { EditorCommands } from "./editor-commands.ts";
import { EditorOutline } from "./EditorOutline.tsx";
import { useCanvasEditing } from "./use-canvas-editing.ts";
import type { ChangeLayout, EditorLayout, Offer } from "./use-editor-layout.ts";

/** From so many steps on the drawing may follow a keystroke a little later. */
const manySteps = 150;

interface StageProps {
  readonly canvas: RefObject<CanvasApi | null>;
  readonly commands: EditorCommands;
  readonly layout: EditorLayout;
  readonly change: ChangeLayout;
  readonly problems: ReadonlyMap<string, StepProblems>;
  readonly dry: DryRunControl;
}

/** The middle of the editor: canvas or outline, and the buttons over it. */
export const EditorStage = memo(function EditorStage(props: StageProps) {
  const { layout, commands, change } = props;
  const blank = useEditorState((state) => Object.keys(state.playbook.steps).length === 0);
  return (
    <div className={classes.stage}>
      <Drawing {...props} />
      <StageButtons view={layout.view} leftFolded={layout.leftFolded} rightFolded={layout.rightFolded} change={change} addNote={commands.addNote} />
      {blank && (
        <div className={classes.empty}>
          <p>This playbook has no steps yet.</p>
          <p className="muted">Drag one from the palette, or press / and type.</p>
        </div>
      )}
    </div>
  );
});

function Drawing({ canvas, commands, layout, change, problems, dry }: StageProps) {
  const { store, catalog, mayEdit } = useEditor();
  const playbook = usePlaybook();
  const deferred = useDeferredValue(playbook);
  const drawn = Object.keys(playbook.steps).length > manySteps ? deferred : playbook;
  const selection = useEditorState((state) => state.selection);
  const editing = useCanvasEditing(commands, change);
  const offer = useCallback((offered: Offer) => change({ offer: offered }), [change]);
  const startLabel = useStartLabel();
  const shown = layout.dryRunning ? dry.drawing : null;
  const { tidy } = commands;
  const barExtra = useMemo(
    () =>
      mayEdit && (
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<Waypoints size={14} aria-hidden />} onClick={() => void tidy()}>
          Tidy up
        </Button>
      ),
    [mayEdit, tidy],
  );
  return layout.view === "canvas" ? (
    <PlaybookCanvas
      ref={canvas}
      playbook={drawn}
      catalog={catalog}
      mode="edit"
      selection={selection}
      onSelect={store.getState().select}
      problems={shown ? undefined : problems}
      startLabel={startLabel}
      breakpoints={layout.dryRunning ? dry.stops : undefined}
      {...(shown ? { stepViews: shown.stepViews, edgeState: shown.edgeState, startStatus: "succeeded" as const } : {})}
      {...(mayEdit ? { editing } : {})}
      barExtra={barExtra}
    />
  ) : (
    <EditorOutline playbook={drawn} commands={commands} offer={offer} problems={problems} stepViews={shown?.stepViews} />
  );
}

const StageButtons = memo(function StageButtons({
  view,
  leftFolded,
  rightFolded,
  change,
  addNote,
}: Pick<EditorLayout, "view" | "leftFolded" | "rightFolded"> & { readonly change: ChangeLayout; readonly addNote: () => void }) {
  const { mayEdit } = useEditor();
  return (
    <>
      <div className={classes.views}>
        {mayEdit && leftFolded && (
          <Tooltip label="Open the palette">
            <ActionIcon size="sm" aria-label="Open the palette" onClick={() => change({ leftFolded: false })}>
              <PanelLeftOpen size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <SegmentedControl
          aria-label="View"
          data={[
            { value: "canvas", label: <ViewLabel icon={Workflow} text="Canvas" /> },
            { value: "outline", label: <ViewLabel icon={ListTree} text="Outline" /> },
          ]}
          value={view}
          onChange={(next) => change({ view: next === "outline" ? "outline" : "canvas" })}
        />
      </div>
      <div className={classes.tools}>
        <Tooltip label="Find a step or a command">
          <ActionIcon size="sm" aria-label="Find" onClick={openCommands}>
            <Search size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {mayEdit && view === "canvas" && (
          <Tooltip label="Add a note">
            <ActionIcon size="sm" aria-label="Add a note" onClick={addNote}>
              <StickyNote size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <button type="button" className={classes.command} onClick={openCommands}>
          <Command size={14} aria-hidden />
          <span className="unseen">Commands</span>
          <kbd>Ctrl K</kbd>
        </button>
        {rightFolded && (
          <Tooltip label="Open the inspector">
            <ActionIcon size="sm" aria-label="Open the inspector" onClick={() => change({ rightFolded: false })}>
              <PanelRightOpen size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </>
  );
});

function ViewLabel({ icon: Icon, text }: { icon: typeof Workflow; text: string }) {
  return (
    <span className={classes.viewLabel}>
      <Icon size={12} strokeWidth={2} aria-hidden />
      {text}
    </span>
  );
}

/** What the start pill says: which alert starts a run, if one does. */
function useStartLabel(): string {
  const { catalog } = useEditor();
  const trigger = useEditorState((state) => state.playbook.triggers?.[0]);
  if (!trigger) return "Start";
  const integration = catalog.connections.find((each) => each.id === trigger.connection)?.integration ?? trigger.connection;
  const title = catalog.integrations.get(integration)?.title;
  return title ? `${title} alert raised` : "Alert raised";
}
