import type { ReactNode } from "react";
import classes from "./form.module.css";

/** A labelled part of a form: its name, what it takes, and what is said of it. */
export function Field({
  label,
  note,
  help,
  error,
  htmlFor,
  action,
  hidden = false,
  children,
}: {
  label: string;
  note?: string | undefined;
  help?: string | undefined;
  error?: string | null | undefined;
  htmlFor?: string | undefined;
  action?: ReactNode;
  /** The label is not shown; the control tells its name itself. */
  hidden?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes.field}>
      <div className={hidden && !action ? "unseen" : classes.label}>
        <label htmlFor={htmlFor} onClick={() => htmlFor !== undefined && document.getElementById(htmlFor)?.focus()}>
          {label}
        </label>
        {note && <span className={classes.note}>{note}</span>}
        {action}
      </div>
      {children}
      {error ? (
        <p className={classes.error} role="alert">
          {error}
        </p>
      ) : (
        help && <p className={classes.help}>{help}</p>
      )}
    </div>
  );
}
