import type { ReactNode } from "react";
import classes from "./PageHeader.module.css";

/** The head of a page: its name, how many, and what can be done. `children` is a second line. */
export function PageHeader({ title, count, actions, children }: { title: string; count?: number | undefined; actions?: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.header}>
      <div className={classes.first}>
        <h1 className={classes.title}>{title}</h1>
        {count !== undefined && <span className={`${classes.count} num`}>{count.toLocaleString()}</span>}
        <span className="grow" />
        {actions}
      </div>
      {children && <div className={classes.second}>{children}</div>}
    </header>
  );
}
