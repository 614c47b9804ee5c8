import { useRef } from "react";
import classes from "./Outline.module.css";

/** A name being changed in its place: Enter or leaving keeps it, Escape does not. */
export function RenameField({ name, done }: { name: string; done: (name: string | null) => void }) {
  const over = useRef(false);
  const finish = (typed: string | null) => {
    if (over.current) return;
    over.current = true;
    const next = typed?.trim() ?? "";
    done(next === "" || next === name ? null : next);
  };
  return (
    <input
      className={classes.rename}
      aria-label={`Name of ${name}`}
      defaultValue={name}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        finish(event.key === "Enter" ? event.currentTarget.value : null);
      }}
    />
  );
}
