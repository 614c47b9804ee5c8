import type { Finding } from "@drawbridge/playbook";
import { memo } from "react";
import { groupPrefix } from "../canvas/groups.ts";
import { notePrefix } from "../canvas/nodes.ts";
import { useValueSources } from "./completion/use-value-sources.ts";
import { DryRunPanel } from "./dry-run/DryRunPanel.tsx";
import type { DryRunControl } from "./dry-run/use-dry-run.ts";
import type { EditorCommands } from "./editor-commands.ts";
import { useEditor, useEditorState, useSelectedStep } from "./editor-context.ts";
import { folding, grouping, ungrouping } from "./group-edits.ts";
import { GroupPanel } from "./GroupPanel.tsx";
import { Inspector } from "./Inspector.tsx";
import { ManySelected } from "./ManySelected.tsx";
import { NotePanel } from "./NotePanel.tsx";
import { PlaybookPanel } from "./PlaybookPanel.tsx";

/** What the inspector shows: the dry run, what is selected, or the playbook. */
export const EditorSide = memo(function EditorSide({
  commands,
  findings,
  dry,
  dryRunning,
  onCloseDryRun,
}: {
  commands: EditorCommands;
  findings: readonly Finding[];
  dry: DryRunControl;
  dryRunning: boolean;
  onCloseDryRun: () => void;
}) {
  const { id, mayEdit } = useEditor();
  const selection = useEditorState((state) => state.selection);
  const step = useSelectedStep();
  const sources = useValueSources(id, dry, step !== null);
  const { duplicate, copy, remove, regroup, arrange } = commands;
  const [first] = selection;
  if (dryRunning) return <DryRunPanel control={dry} values={sources.values ?? null} onClose={onCloseDryRun} />;
  if (step !== null) return <Inspector key={step} id={step} findings={findings} sources={sources} commands={commands} dry={dry} />;
  if (selection.length === 1 && first?.startsWith(groupPrefix))
    return <GroupPanel key={first} id={first.slice(groupPrefix.length)} fold={() => regroup(folding)} dissolve={() => regroup(ungrouping)} />;
  if (selection.length === 1 && first?.startsWith(notePrefix)) return <NotePanel key={first} id={first.slice(notePrefix.length)} copy={copy} remove={remove} />;
  if (selection.length > 1)
    return <ManySelected count={selection.length} arrange={arrange} group={() => regroup(grouping)} duplicate={duplicate} remove={remove} mayEdit={mayEdit} />;
  return <PlaybookPanel />;
});
