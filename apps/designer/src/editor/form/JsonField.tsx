import type { Json } from "@drawbridge/playbook";
import { type ReactNode, useContext, useEffect, useId, useRef, useState } from "react";
import { CodeField } from "../code/CodeField.tsx";
import { type FieldProblem, KnownContext } from "../completion/known-context.ts";
import { Field } from "./Field.tsx";
import classes from "./form.module.css";

const noProblems: readonly FieldProblem[] = [];

/** A value written as JSON; what does not parse is kept on screen and not in the document. */
export function JsonField({
  label,
  value,
  onChange,
  note,
  help,
  lines = 3,
  logic = false,
  error,
  action,
  problems = noProblems,
}: {
  label: string;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  note?: string | undefined;
  help?: string | undefined;
  lines?: number;
  /** The value is JsonLogic as a whole. */
  logic?: boolean;
  error?: string | undefined;
  action?: ReactNode;
  /** What the checks found in it. */
  problems?: readonly FieldProblem[];
}) {
  const id = useId();
  const known = useContext(KnownContext);
  const [said, setSaid] = useState<string | null>(null);
  const written = value === undefined ? "" : JSON.stringify(value, null, 2);
  const [text, setText] = useState(written);
  const [problem, setProblem] = useState<string | null>(null);
  const own = useRef(written);
  useEffect(() => {
    if (written === own.current) return;
    own.current = written;
    setText(written);
    setProblem(null);
  }, [written]);
  const change = (next: string) => {
    setText(next);
    if (next.trim() === "") {
      own.current = "";
      setProblem(null);
      return onChange(undefined);
    }
    try {
      const parsed = JSON.parse(next) as Json;
      own.current = JSON.stringify(parsed, null, 2);
      setProblem(null);
      onChange(parsed);
    } catch (error) {
      setProblem(`Not JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <Field label={label} note={note} help={help} error={said ?? problem ?? error} htmlFor={id} action={action}>
      <div className={classes.box} data-invalid={(problem ?? said) !== null || undefined}>
        <CodeField
          language={logic ? "json" : "value"}
          label={label}
          id={id}
          value={text}
          placeholder={undefined}
          lines={lines}
          describedBy={undefined}
          known={known}
          problems={problems}
          onChange={change}
          onProblem={setSaid}
          onBlur={() => undefined}
        />
      </div>
    </Field>
  );
}
