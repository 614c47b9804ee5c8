import type { Playbook } from "@drawbridge/playbook";
import { Button, Tooltip } from "@mantine/core";
import { ArrowDown, ArrowUp, Boxes, CopyPlus, ListEnd, ListStart, type LucideIcon, PencilLine, Spline, Trash2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { Point } from "../canvas/geometry.ts";
import classes from "./EditorOutline.module.css";
import { moveInFlow } from "./move-in-flow.ts";

/** What the toolbar of the outline does; a place says where a menu opens. */
export interface OutlineActions {
  readonly addAfter: (at?: Point) => void;
  readonly insertBefore: (at?: Point) => void;
  readonly rename: () => void;
  readonly moveEarlier: () => void;
  readonly moveLater: () => void;
  readonly connect: () => void;
  readonly duplicate: () => void;
  readonly group: () => void;
  readonly remove: () => void;
}

interface Tool {
  readonly action: keyof OutlineActions;
  readonly title: string;
  readonly key: string;
  readonly icon: LucideIcon;
  readonly off: boolean;
}

/** The toolbar above the outline: one stop for Tab, arrow keys go through it. */
export function OutlineTools({ tools, playbook, selection }: { tools: OutlineActions; playbook: Playbook; selection: readonly string[] }) {
  const steps = selection.filter((id) => Object.hasOwn(playbook.steps, id));
  const [only] = steps.length === 1 && selection.length === 1 ? steps : [];
  const end = only !== undefined && playbook.steps[only]?.kind === "end";
  const all: readonly Tool[] = [
    { action: "addAfter", title: "Add after", key: "A", icon: ListEnd, off: end || selection.length > 1 },
    { action: "insertBefore", title: "Insert before", key: "I", icon: ListStart, off: only === undefined },
    { action: "moveEarlier", title: "Earlier", key: "Alt ↑", icon: ArrowUp, off: only === undefined || !moveInFlow(playbook, only, false) },
    { action: "moveLater", title: "Later", key: "Alt ↓", icon: ArrowDown, off: only === undefined || !moveInFlow(playbook, only, true) },
    { action: "rename", title: "Rename", key: "F2", icon: PencilLine, off: selection.length !== 1 },
    { action: "connect", title: "Connect", key: "C", icon: Spline, off: only === undefined || end },
    { action: "duplicate", title: "Duplicate", key: "Ctrl D", icon: CopyPlus, off: selection.length === 0 },
    { action: "group", title: "Group", key: "Ctrl G", icon: Boxes, off: steps.length === 0 },
    { action: "remove", title: "Delete", key: "Delete", icon: Trash2, off: selection.length === 0 },
  ];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div className={classes.tools} role="toolbar" aria-label="Edit the outline" onKeyDown={onKeyDown}>
      {all.map(({ action, title, key, icon: Icon, off }, index) => (
        <Tooltip key={action} label={key}>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<Icon size={14} aria-hidden />}
            aria-disabled={off || undefined}
            data-disabled={off}
            tabIndex={index === 0 ? 0 : -1}
            onClick={(event) => {
              if (off) return;
              const { left, bottom } = event.currentTarget.getBoundingClientRect();
              tools[action]({ x: left + 20, y: bottom });
            }}
          >
            {title}
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}
