import type { Json } from "@drawbridge/playbook";
import { ActionIcon, Button } from "@mantine/core";
import { GripVertical, Plus, X } from "lucide-react";
import { type KeyboardEvent, useContext, useState } from "react";
import { KnownContext } from "../completion/known-context.ts";
import { useEditor } from "../editor-context.ts";
import classes from "./form.module.css";
import { type FieldShape, type SchemaField, titleOf } from "./schema-fields.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { ValueField } from "./ValueField.tsx";

const blanks: { readonly [Kind in FieldShape["kind"]]: Json } = { text: "", number: 0, boolean: false, choice: "", choices: [], list: [], object: {}, map: {}, any: "" };

/** The item that a list begins with. */
const blankOf = (shape: FieldShape): Json => (shape.kind === "choice" ? (shape.options[0] ?? "") : blanks[shape.kind]);

/** A list, item by item: add, remove, and move by mouse or by the arrow keys on a row's handle. */
export function ListField({
  field,
  item,
  value,
  onChange,
  pointer,
}: {
  field: SchemaField;
  item: FieldShape;
  value: readonly Json[];
  onChange: (value: readonly Json[]) => void;
  pointer: string | undefined;
}) {
  const { store } = useEditor();
  const { readOnly } = useContext(KnownContext);
  const keys = useRowKeys(value.length);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const move = (from: number, to: number) => {
    if (to < 0 || to >= value.length || from === to) return;
    keys.move(from, to);
    onChange(moved(value, from, to));
    store.getState().say(`${field.title}: item ${from + 1} is now item ${to + 1} of ${value.length}`);
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(index, index + step);
  };
  const end = () => {
    if (dragged !== null && over !== null) move(dragged, over);
    setDragged(null);
    setOver(null);
  };
  return (
    <ol className={classes.list} aria-label={field.title}>
      {value.map((each, index) => (
        <li
          key={keys.all[index]}
          className={classes.item}
          data-dragged={dragged === index || undefined}
          data-over={dragged !== null && over === index && over !== dragged ? (over > dragged ? "below" : "above") : undefined}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver(index);
          }}
          onDrop={(event) => event.preventDefault()}
        >
          <button
            type="button"
            className={classes.grip}
            disabled={readOnly}
            draggable={!readOnly}
            aria-label={`Move ${field.title} ${index + 1}: arrow keys`}
            title="Drag, or press the arrow keys"
            onKeyDown={(event) => onKeyDown(event, index)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              event.dataTransfer.setData("text/plain", String(index + 1));
              setDragged(index);
            }}
            onDragEnd={end}
          >
            <GripVertical size={13} aria-hidden />
          </button>
          <div className={classes.wide}>
            <ValueField
              field={itemField(field, item, index)}
              value={each}
              pointer={pointer === undefined ? undefined : `${pointer}/${index}`}
              inList
              onChange={(next) => onChange(value.map((old, at) => (at === index ? (next ?? blankOf(item)) : old)))}
            />
          </div>
          <ActionIcon
            size="sm"
            mt={3}
            aria-label={`Remove ${field.title} ${index + 1}`}
            onClick={() => {
              keys.remove(index);
              onChange(value.filter((_, at) => at !== index));
            }}
          >
            <X size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
      <li className={classes.addItem}>
        <Button size="xs" variant="default" leftSection={<Plus size={13} aria-hidden />} aria-label={`Add to ${field.title}`} onClick={() => onChange([...value, blankOf(item)])}>
          Add
        </Button>
      </li>
    </ol>
  );
}

const itemField = (field: SchemaField, shape: FieldShape, index: number): SchemaField => ({
  key: String(index),
  title: `${titleOf(field.title)} ${index + 1}`,
  description: "",
  required: true,
  default: undefined,
  examples: [],
  secret: field.secret,
  shape,
});

function moved<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const all = [...list];
  const [item] = all.splice(from, 1);
  if (item !== undefined) all.splice(to, 0, item);
  return all;
}
