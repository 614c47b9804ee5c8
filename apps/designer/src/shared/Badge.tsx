import type { ReactNode } from "react";
import classes from "./Badge.module.css";

/** A small word on a soft ground. */
export function Badge({ tone = "plain", children, title }: { tone?: "plain" | "run" | "ok" | "wait" | "fail" | "doubt" | "accent" | "plum"; children: ReactNode; title?: string }) {
  return (
    <span className={classes.badge} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
