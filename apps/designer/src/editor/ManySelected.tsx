import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
  type LucideIcon,
} from "lucide-react";
import { useEffect } from "react";
import { type Arrangement, arrangements } from "./arrange.ts";
import { useEditor } from "./editor-context.ts";
import classes from "./ManySelected.module.css";

/** How an arrangement is named and by which key it is made. */
export const arrangementWords: { readonly [How in Arrangement]: { readonly title: string; readonly key: string } } = {
  left: { title: "Align left edges", key: "Alt A" },
  centre: { title: "Align centres", key: "Alt H" },
  right: { title: "Align right edges", key: "Alt D" },
  top: { title: "Align top edges", key: "Alt W" },
  middle: { title: "Align middles", key: "Alt V" },
  bottom: { title: "Align bottom edges", key: "Alt S" },
  across: { title: "Even gaps across", key: "Alt Shift H" },
  down: { title: "Even gaps downwards", key: "Alt Shift V" },
};

const icons: { readonly [How in Arrangement]: LucideIcon } = {
  left: AlignStartVertical,
  centre: AlignCenterVertical,
  right: AlignEndVertical,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
  across: AlignHorizontalSpaceBetween,
  down: AlignVerticalSpaceBetween,
};

/** What can be done with several steps and notes at once. */
export function ManySelected({
  count,
  mayEdit,
  arrange,
  duplicate,
  group,
  remove,
}: {
  count: number;
  mayEdit: boolean;
  arrange: (how: Arrangement) => void;
  duplicate: () => void;
  group: () => void;
  remove: () => void;
}) {
  useFocusBack();
  return (
    <div className={classes.many}>
      <h2>{count} selected</h2>
      <p className="muted">Drag one of them to move all, or use the arrow keys.</p>
      {mayEdit && (
        <>
          <h3>Arrange</h3>
          <div className={classes.row} role="group" aria-label="Arrange">
            {arrangements.map((how) => {
              const { title, key } = arrangementWords[how];
              const Icon = icons[how];
              const needsThree = how === "across" || how === "down";
              return (
                <Tooltip key={how} label={`${title} (${key})`}>
                  <ActionIcon variant="default" aria-label={title} disabled={needsThree && count < 3} onClick={() => arrange(how)}>
                    <Icon size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              );
            })}
          </div>
          <div className={classes.row}>
            <Button variant="default" onClick={group}>
              Group
            </Button>
            <Button variant="default" onClick={duplicate}>
              Duplicate
            </Button>
            <Button variant="default" color="red" onClick={remove}>
              Delete
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** When the panel goes while one of its buttons has the focus, the step that was selected last has it. */
function useFocusBack(): void {
  const { store } = useEditor();
  useEffect(() => {
    let last = store.getState().selection.at(-1);
    const stop = store.subscribe(({ selection }) => (last = selection.at(-1) ?? last));
    return () => {
      stop();
      requestAnimationFrame(() => {
        if (last !== undefined && document.activeElement === document.body)
          document.querySelector<HTMLElement>(`[data-step-id="${CSS.escape(last)}"]`)?.focus({ preventScroll: true });
      });
    };
  }, [store]);
}
