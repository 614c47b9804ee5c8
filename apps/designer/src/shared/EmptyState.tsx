import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

/** One line what this is, one button what to do next. */
export function EmptyState({ icon: Icon, title, children, action }: { icon?: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      {Icon && (
        <span className={classes.icon}>
          <Icon size={20} strokeWidth={1.75} aria-hidden />
        </span>
      )}
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
