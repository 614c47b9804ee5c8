import { Button, NumberInput, Textarea } from "@mantine/core";
import { useEditor, usePlaybook } from "./editor-context.ts";
import classes from "./GroupPanel.module.css";

/** A note: its text and its size. */
export function NotePanel({ id, copy, remove }: { id: string; copy: () => void; remove: () => void }) {
  const { store, mayEdit } = useEditor();
  const note = usePlaybook().notes?.[id];
  if (!note) return null;
  const change = (params: { readonly text?: string; readonly width?: number; readonly height?: number }) =>
    store.getState().apply([{ type: "update-note", params: { id, ...params } }], { merge: `note:${id}:${Object.keys(params).join()}`, title: "change note" });
  return (
    <fieldset className={classes.panel} disabled={!mayEdit}>
      <h2>Note</h2>
      <Textarea label="Text" autosize minRows={4} maxRows={16} maxLength={8_000} value={note.text} onChange={(event) => change({ text: event.currentTarget.value })} />
      <div className={classes.row}>
        <NumberInput
          label="Width"
          min={80}
          max={2_000}
          step={8}
          clampBehavior="strict"
          value={note.width}
          onChange={(width) => typeof width === "number" && width >= 80 && change({ width })}
        />
        <NumberInput
          label="Height"
          min={40}
          max={2_000}
          step={8}
          clampBehavior="strict"
          value={note.height}
          onChange={(height) => typeof height === "number" && height >= 40 && change({ height })}
        />
      </div>
      {mayEdit && (
        <div className={classes.row}>
          <Button variant="default" onClick={copy}>
            Copy
          </Button>
          <Button variant="default" color="red" onClick={remove}>
            Delete
          </Button>
        </div>
      )}
    </fieldset>
  );
}
