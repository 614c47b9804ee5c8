import type { Json } from "@drawbridge/playbook";
import { useContext, useEffect, useId, useRef, useState } from "react";
import { CodeField } from "../code/CodeField.tsx";
import type { CodeHandle } from "../code/code-options.ts";
import { type FieldProblem, KnownContext } from "../completion/known-context.ts";
import classes from "./form.module.css";
import { LiveValue } from "./LiveValue.tsx";

const noProblems: readonly FieldProblem[] = [];

/** A text that may hold `{{ }}`: with offers, problems where they stand, and what it comes to in a run. */
export function ExpressionInput({
  id,
  label,
  value,
  onChange,
  placeholder,
  lines = 1,
  leaveExpression,
  bare = false,
  problems = noProblems,
  misfit,
  begin = false,
  secret = false,
}: {
  id?: string | undefined;
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string | undefined;
  lines?: number;
  /** Called when `fx` is pressed while it is an expression: back to a plain control. */
  leaveExpression?: (() => void) | undefined;
  /** The text is the inside of a `{{ }}` and always an expression. */
  bare?: boolean;
  /** What the checks found in it. */
  problems?: readonly FieldProblem[];
  /** Why a value does not fit the field, null when it does. */
  misfit?: ((value: Json) => string | null) | undefined;
  /** Takes the focus as soon as it is there: the person has just asked for it. */
  begin?: boolean;
  /** What it comes to is not shown. */
  secret?: boolean;
}) {
  const known = useContext(KnownContext);
  const keysId = useId();
  const field = useRef<CodeHandle>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isExpression = bare || value.includes("{{");
  const began = useRef(false);
  useEffect(() => {
    if (!begin || began.current) return;
    began.current = true;
    field.current?.offer(value === "{{  }}" ? 3 : value.length);
  });
  const insert = () => {
    if (isExpression && !bare && leaveExpression) return leaveExpression();
    if (!isExpression && value === "") onChange("{{  }}");
    requestAnimationFrame(() => field.current?.offer(!isExpression && value === "" ? 3 : undefined));
  };
  return (
    <div className={classes.expression}>
      <div className={classes.box} data-invalid={problem !== null || undefined}>
        <button
          type="button"
          className={classes.fx}
          disabled={known.readOnly}
          aria-pressed={isExpression}
          aria-label={`fx, ${label}: ${isExpression && leaveExpression ? "use a plain value" : "insert an expression"}`}
          title={isExpression && leaveExpression ? "Use a plain value" : "Insert an expression"}
          onClick={insert}
        >
          fx
        </button>
        <CodeField
          ref={field}
          language={bare ? "inside" : "template"}
          label={label}
          id={id}
          value={value}
          placeholder={placeholder}
          lines={lines}
          describedBy={keysId}
          known={known}
          problems={problems}
          onChange={onChange}
          onProblem={setProblem}
          onBlur={() => field.current?.put(value)}
        />
        <span id={keysId} className="unseen">
          Control and Space offers what can stand here. While something is offered, Tab puts it in; Escape closes the offers, and then Tab leaves the field.
        </span>
      </div>
      {problem && (
        <p className={classes.error} role="alert">
          {problem}
        </p>
      )}
      {isExpression && value.trim() !== "" && !problem && !secret && <LiveValue text={bare ? `{{ ${value} }}` : value} misfit={misfit} />}
    </div>
  );
}
