import { Button } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./DraftNotices.module.css";

/** One of the notices. */
export function Notice({ icon: Icon, tone, actions, children }: { icon: LucideIcon; tone: "accent" | "wait" | "fail"; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.notice} data-tone={tone} role={tone === "accent" ? "status" : "alert"}>
      <Icon size={16} aria-hidden />
      <p>{children}</p>
      <div className={classes.actions}>{actions}</div>
    </div>
  );
}

/** What can be done about a notice. */
export function Action({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button size="xs" variant="default" onClick={onClick}>
      {children}
    </Button>
  );
}
