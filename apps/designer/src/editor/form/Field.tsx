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
  children,
}: {
  label: string;
  note?: string | undefined;
  help?: string | undefined;
  error?: string | undefined;
  htmlFor?: string | undefined;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.field}>
      <div className={classes.label}>
        <label htmlFor={htmlFor}>{label}</label>
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
