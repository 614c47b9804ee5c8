import type { AskView } from "@drawbridge/protocol";
import { Link } from "@tanstack/react-router";
import { Check, Clock, MoveRight, X } from "lucide-react";
import { Markdown } from "../shared/Markdown.tsx";
import { clockText, dayAndClockText, wholeTimeText, wordsText } from "../shared/format.ts";
import { StatusMark } from "../shared/StatusMark.tsx";
import classes from "./AskCard.module.css";
import { AskContext } from "./AskContext.tsx";
import { AskForm } from "./AskForm.tsx";
import { TimeLeft } from "./TimeLeft.tsx";

const toneIcons = { positive: Check, negative: X, neutral: MoveRight } as const;

/** A whole question: what is asked, by which run, what each answer does, and what happens if nobody answers. */
export function AskCard({ ask, onAnswered }: { ask: AskView; onAnswered?: () => void }) {
  return (
    <article className={classes.ask} aria-labelledby={`ask-${ask.id}`}>
      <header className={classes.head}>
        <div className={classes.from}>
          <span className="cut">
            <Link to="/runs/$id" params={{ id: ask.run }}>
              {ask.playbook.name}
            </Link>{" "}
            asks
            {ask.caseId !== null && (
              <>
                , for{" "}
                <Link to="/cases/$id" params={{ id: ask.caseId }}>
                  {ask.caseId}
                </Link>
              </>
            )}
          </span>
          <span className="grow" />
          <AskState ask={ask} />
        </div>
        <h2 id={`ask-${ask.id}`} className={classes.title}>
          {ask.title}
        </h2>
        {ask.prompt !== "" && (
          <div className={classes.prompt}>
            <Markdown text={ask.prompt} />
          </div>
        )}
      </header>
      <AskContext context={ask.context} />
      {ask.state === "open" && (
        <>
          <ul className={classes.effects} aria-label="What each answer does">
            {ask.branches.map((branch) => {
              const Icon = toneIcons[branch.tone];
              return (
                <li key={branch.label} data-tone={branch.tone}>
                  <Icon size={16} strokeWidth={2} aria-hidden />
                  <span>
                    <b>{wordsText(branch.label)}</b>
                    {branch.effect === undefined ? "" : `: ${branch.effect}`}
                  </span>
                </li>
              );
            })}
            {ask.until !== null && (
              <li data-tone="limit">
                <Clock size={16} strokeWidth={2} aria-hidden />
                <span>
                  <b title={wholeTimeText(ask.until)}>If nobody answers by {untilText(ask.until)}</b>: the playbook takes its way for no answer.
                </span>
              </li>
            )}
          </ul>
          <AskForm ask={ask} {...(onAnswered && { onAnswered })} />
        </>
      )}
    </article>
  );
}

const untilText = (until: string) => (new Date(until).toDateString() === new Date().toDateString() ? clockText(until) : dayAndClockText(until));

function AskState({ ask }: { ask: AskView }) {
  if (ask.state === "open") return ask.until === null ? <StatusMark status="asking" word="Open" /> : <TimeLeft until={ask.until} />;
  if (ask.state === "answered") return <StatusMark status="succeeded" word={`${wordsText(ask.answer ?? "answered")}${ask.answeredBy === null ? "" : `, ${ask.answeredBy}`}`} />;
  return ask.state === "expired" ? <StatusMark status="skipped" word="Nobody answered" /> : <StatusMark status="cancelled" />;
}
