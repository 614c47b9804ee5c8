import type { Finding } from "@drawbridge/playbook";
import { ActionIcon, Button } from "@mantine/core";
import { ChevronDown, ChevronUp, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Badge } from "../shared/Badge.tsx";
import { countText } from "../shared/format.ts";
import { useEditor, useEditorState } from "./editor-context.ts";
import classes from "./ProblemsBar.module.css";

const looks = {
  error: { tone: "fail", word: "error", icon: TriangleAlert },
  warning: { tone: "wait", word: "warning", icon: TriangleAlert },
  hint: { tone: "plain", word: "hint", icon: Info },
} as const;

/** What the checks found: a line, opened a list; each jumps to its step, many mend themselves. */
export function ProblemsBar({ findings, checking, onJump }: { findings: readonly Finding[]; checking: boolean; onJump: (finding: Finding) => void }) {
  const { store } = useEditor();
  const steps = useEditorState((state) => state.playbook.steps);
  const [open, setOpen] = useState(false);
  const [first] = findings;
  useEffect(() => {
    if (findings.length === 0) setOpen(false);
  }, [findings.length]);
  const counts = (["error", "warning", "hint"] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter((each) => each.count > 0);
  const line = (finding: Finding, list: boolean) => (
    <>
      {list && <Mark severity={finding.severity} />}
      {finding.step !== undefined && (
        <button type="button" className={classes.jump} onClick={() => onJump(finding)}>
          {steps[finding.step]?.name ?? finding.step}
        </button>
      )}
      {finding.step === undefined && (
        <button type="button" className={classes.jump} onClick={() => onJump(finding)}>
          Playbook
        </button>
      )}
      <span className={classes.message} title={`${finding.message} (${finding.code}, ${finding.pointer || "/"})`}>
        {finding.message}
      </span>
      <Fix finding={finding} apply={(edits, title) => store.getState().apply(edits, { title })} />
    </>
  );
  return (
    <section className={classes.problems} aria-label="Problems" data-open={open || undefined}>
      <div className={classes.bar}>
        <b>Problems</b>
        {counts.map(({ severity, count }) => (
          <Badge key={severity} tone={looks[severity].tone}>
            <Mark severity={severity} />
            {countText(count, looks[severity].word)}
          </Badge>
        ))}
        {first && !open && (
          <>
            <span className={classes.ruler} />
            {line(first, false)}
          </>
        )}
        <span className="grow" />
        {!first && checking && <span className={classes.message}>Checking…</span>}
        {!first && !checking && (
          <span className={classes.fine}>
            <CircleCheck size={14} strokeWidth={2} aria-hidden /> No problems
          </span>
        )}
        {first && (
          <ActionIcon size="sm" aria-label={open ? "Close the problems" : "Open the problems"} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
          </ActionIcon>
        )}
      </div>
      {open && (
        <ul className={classes.list} aria-label="All problems">
          {findings.slice(0, 300).map((finding, index) => (
            <li key={`${finding.code}${finding.pointer}${index}`} className={classes.row}>
              {line(finding, true)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Mark({ severity }: { severity: Finding["severity"] }) {
  const Icon = looks[severity].icon;
  return <Icon size={12} strokeWidth={2} aria-label={severity} className={classes.mark} data-severity={severity} />;
}

function Fix({ finding, apply }: { finding: Finding; apply: (edits: NonNullable<Finding["fix"]>["edits"], title: string) => string | null }) {
  const { fix } = finding;
  const { mayEdit } = useEditor();
  if (!fix || !mayEdit) return null;
  return (
    <Button size="compact-xs" variant="default" className={classes.fix} onClick={() => apply(fix.edits, fix.title)}>
      {fix.title}
    </Button>
  );
}
