import { Button } from "@mantine/core";
import { CloudOff, Lock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { asProblem } from "../api/api-problem.ts";
import classes from "./EmptyState.module.css";

/** What happened, what to do, and the code. `action` stands beside "Try again". */
export function ErrorState({ error, retry, action }: { error: unknown; retry?: (() => void) | undefined; action?: ReactNode }) {
  const problem = asProblem(error);
  const Icon = problem.code === "unreachable" ? CloudOff : problem.code === "permission-denied" ? Lock : TriangleAlert;
  return (
    <div className={classes.empty} role="alert">
      <span className={classes.icon} data-tone="fail">
        <Icon size={20} strokeWidth={1.75} aria-hidden />
      </span>
      <p className={classes.title}>{problem.title}</p>
      <p className={classes.text}>{problem.detail}</p>
      <p className={classes.code}>{problem.code}</p>
      {(retry || action) && (
        <div className={classes.action}>
          {retry && (
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          )}
          {action}
        </div>
      )}
    </div>
  );
}
