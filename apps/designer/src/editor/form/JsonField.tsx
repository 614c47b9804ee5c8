import type { Json } from "@drawbridge/playbook";
import { useEffect, useId, useRef, useState } from "react";
import { Field } from "./Field.tsx";
import classes from "./form.module.css";

/** A value written as JSON; what does not parse is kept on screen and not in the document. */
export function JsonField({
  label,
  value,
  onChange,
  note,
  help,
  lines = 3,
}: {
  label: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  note?: string | undefined;
  help?: string | undefined;
  lines?: number;
}) {
  const id = useId();
  const written = value === undefined ? "" : JSON.stringify(value, null, 2);
  const [text, setText] = useState(written);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const own = useRef(written);
  useEffect(() => {
    if (written === own.current) return;
    own.current = written;
    setText(written);
    setProblem(undefined);
  }, [written]);
  const change = (next: string) => {
    setText(next);
    if (next.trim() === "") {
      own.current = "";
      setProblem(undefined);
      return onChange(undefined);
    }
    try {
      const parsed = JSON.parse(next) as Json;
      own.current = JSON.stringify(parsed, null, 2);
      setProblem(undefined);
      onChange(parsed);
    } catch (error) {
      setProblem(`Not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <Field label={label} note={note} help={help} error={problem} htmlFor={id}>
      <div className={classes.box} data-invalid={problem !== undefined || undefined}>
        <textarea
          id={id}
          className={classes.text}
          data-expression
          rows={lines}
          value={text}
          spellCheck={false}
          aria-invalid={problem !== undefined || undefined}
          onChange={(event) => change(event.currentTarget.value)}
        />
      </div>
    </Field>
  );
}
