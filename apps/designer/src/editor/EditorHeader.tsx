import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, CircleCheck, Download, Ellipsis, FileUp, FlaskConical, GitFork, History, Info, PenLine, Play, Redo2, Settings, Undo2, Upload, Zap } from "lucide-react";
import { Badge } from "../shared/Badge.tsx";
import { OthersHere } from "./draft/OthersHere.tsx";
import { SaveStatus } from "./draft/SaveStatus.tsx";
import { useDraft, useEditor, useEditorState } from "./editor-context.ts";
import classes from "./EditorHeader.module.css";

export interface HeaderActions {
  readonly versions: () => void;
  readonly backtest: () => void;
  readonly dryRun: () => void;
  readonly run: () => void;
  readonly publish: () => void;
  readonly importJson: () => void;
  readonly exportJson: () => void;
  readonly details: () => void;
  readonly shortcuts: () => void;
}

/** Where one is, how the draft stands, and what can be done with the whole playbook. */
export function EditorHeader({ live, dryRunning, actions }: { live: number | null; dryRunning: boolean; actions: HeaderActions }) {
  const { store, mayEdit } = useEditor();
  const navigate = useNavigate();
  const id = useEditorState((state) => state.playbook.id);
  const name = useEditorState((state) => state.playbook.name);
  const undoable = useEditorState((state) => state.past.at(-1)?.title);
  const redoable = useEditorState((state) => state.future.at(-1)?.title);
  const hasDraft = useDraft((state) => state.facts.draft || state.saved.kind !== "saved");
  const next = (live ?? 0) + 1;
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        <Link to="/playbooks" className={classes.crumb}>
          Playbooks
        </Link>
        <ChevronRight size={14} aria-hidden />
        <h1 className={`${classes.title} cut`}>{name}</h1>
      </nav>
      {hasDraft && (
        <Badge>
          <PenLine size={12} strokeWidth={2} aria-hidden /> Draft of v{next}
        </Badge>
      )}
      {live !== null && (
        <Badge tone="ok">
          <CircleCheck size={12} strokeWidth={2} aria-hidden /> v{live} is live
        </Badge>
      )}
      <SaveStatus />
      <span className="grow" />
      <OthersHere />
      {mayEdit && (
        <>
          <Tooltip label={undoable ? `Undo: ${undoable}` : "Nothing to undo"}>
            <ActionIcon aria-label="Undo" disabled={undoable === undefined} onClick={() => store.getState().undo()}>
              <Undo2 size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={redoable ? `Redo: ${redoable}` : "Nothing to do again"}>
            <ActionIcon aria-label="Redo" disabled={redoable === undefined} onClick={() => store.getState().redo()}>
              <Redo2 size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <span className={classes.ruler} />
        </>
      )}
      <Button variant="subtle" color="gray" leftSection={<History size={15} aria-hidden />} onClick={actions.versions}>
        Versions
      </Button>
      <Button variant="default" leftSection={<FlaskConical size={15} aria-hidden />} aria-pressed={dryRunning} onClick={actions.dryRun}>
        Dry run
      </Button>
      <Button
        variant="default"
        leftSection={<Play size={15} aria-hidden />}
        disabled={live === null}
        title={live === null ? "Publish it first; then it can run" : `Run v${live}`}
        onClick={actions.run}
      >
        Run
      </Button>
      {mayEdit && (
        <Button leftSection={<Upload size={15} aria-hidden />} onClick={actions.publish}>
          Publish v{next}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="More for this playbook">
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Info size={14} />} onClick={actions.details}>
            Details, inputs, triggers
          </Menu.Item>
          <Menu.Item leftSection={<Zap size={14} />} onClick={() => void navigate({ to: "/triggers", search: { playbook: id } })}>
            Webhooks and schedules
          </Menu.Item>
          {mayEdit && (
            <Menu.Item leftSection={<Settings size={14} />} onClick={() => void navigate({ to: "/playbooks/$id/settings", params: { id } })}>
              Settings
            </Menu.Item>
          )}
          {mayEdit && (
            <Menu.Item leftSection={<GitFork size={14} />} onClick={actions.backtest}>
              Backtest against past runs
            </Menu.Item>
          )}
          {mayEdit && (
            <Menu.Item leftSection={<FileUp size={14} />} onClick={actions.importJson}>
              Import JSON…
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Download size={14} />} onClick={actions.exportJson}>
            Export JSON
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={actions.shortcuts}>Keyboard shortcuts</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
