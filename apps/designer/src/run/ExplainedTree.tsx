import type { Explained } from "@drawbridge/playbook";
import { StatusMark } from "../shared/StatusMark.tsx";
import classes from "./ExplainedTree.module.css";
import { type ExplainedBranch, operatorText, valueText } from "./explained.ts";

/** Each branch that a condition looked at, with every value that it read. */
export function ExplainedTree({ branches }: { branches: readonly ExplainedBranch[] }) {
  return (
    <section className={classes.branches} aria-label="What decided">
      {branches.map(({ branch, holds, because }) => (
        <div key={branch} className={classes.branch}>
          <header className={classes.head}>
            <b className="cut">{branch}</b>
            <span className="grow" />
            <StatusMark status={holds ? "succeeded" : "skipped"} word={holds ? "holds" : "does not hold"} />
          </header>
          <Part part={because} />
        </div>
      ))}
    </section>
  );
}

function Part({ part }: { part: Explained }) {
  const operands = part.operands ?? [];
  if (part.evaluated === false)
    return (
      <div className={classes.part} data-unread>
        <span className={classes.name}>{part.operator === undefined ? (part.path ?? "value") : operatorText(part.operator)}</span>
        <span className="muted">not looked at</span>
      </div>
    );
  if (part.path !== undefined || part.operator === undefined || operands.length === 0)
    return (
      <div className={classes.part} data-decided={part.decided || undefined}>
        {part.path !== undefined && <span className={classes.path}>{part.path}</span>}
        <code className={classes.value}>{valueText(part.value)}</code>
        {part.shortened && <span className="muted">in part</span>}
      </div>
    );
  return (
    <div className={classes.group} data-decided={part.decided || undefined}>
      <div className={classes.part}>
        <span className={classes.name}>{operatorText(part.operator)}</span>
        <span className="grow" />
        {typeof part.value === "boolean" ? (
          <StatusMark status={part.value ? "succeeded" : "skipped"} word={String(part.value)} />
        ) : (
          <code className={classes.value}>{valueText(part.value)}</code>
        )}
      </div>
      <div className={classes.operands}>
        {operands.map((each, index) => (
          <Part key={index} part={each} />
        ))}
      </div>
    </div>
  );
}
