import { Modal } from "@mantine/core";
import classes from "./dialogs.module.css";

const keys = [
  ["Ctrl K", "Find a step or a command"],
  ["/", "Search the palette; Enter adds after the selection"],
  ["Ctrl Z, Ctrl Shift Z", "Undo, do again"],
  ["Ctrl C, X, V, D", "Copy, cut, paste, duplicate"],
  ["Ctrl A", "Select every step"],
  ["Ctrl G, Ctrl Shift G", "Group the selected steps, dissolve the group"],
  ["F", "Fold or open the group"],
  ["Delete", "Delete the selection; the way is healed"],
  ["Escape", "Select nothing, or close what is open"],
  ["Arrow keys", "Move the selected step by 8 px"],
  ["Alt A, H, D", "Align left edges, centres, right edges"],
  ["Alt W, V, S", "Align top edges, middles, bottom edges"],
  ["Alt Shift H, V", "Even gaps across, downwards"],
  ["Tab", "To the next step in the order of the flow"],
  ["O", "Canvas or outline"],
  ["C", "Choose where the selected step leads"],
  ["[ and ]", "Fold the panels"],
  ["1, 2", "Fit the whole playbook, the selection"],
  ["↑ ↓, Shift ↑ ↓", "In the outline: to the next row, select several"],
  ["← →", "In the outline: fold and open a group"],
  ["A, I", "In the outline: add a step after, insert one before"],
  ["Alt ↑, Alt ↓", "In the outline: let a step happen earlier, later"],
  ["F2", "In the outline: rename"],
  ["F8, F10", "In a dry run: run or continue, step over"],
  ["F9", "In a dry run: breakpoint at the selected step"],
  ["?", "This sheet"],
] as const;

/** What the keys do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="md">
      <dl className={classes.keys}>
        {keys.map(([key, what]) => [
          <dt key={key}>
            <kbd>{key}</kbd>
          </dt>,
          <dd key={`${key} what`}>{what}</dd>,
        ])}
      </dl>
    </Modal>
  );
}
