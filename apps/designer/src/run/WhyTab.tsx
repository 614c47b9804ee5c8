import type { StepState } from "@drawbridge/interpreter";
import { type Step, waysOf } from "@drawbridge/playbook";
import { Link } from "@tanstack/react-router";
import { Check, CircleSlash } from "lucide-react";
import { durationText } from "../shared/format.ts";
import { statusLooks, StatusMark } from "../shared/StatusMark.tsx";
import type { AttemptBar } from "./attempt-bars.ts";
import classes from "./details.module.css";
import { DoubtPanel } from "./DoubtPanel.tsx";
import { explainedBranches, whyText } from "./explained.ts";
import { ExplainedTree } from "./ExplainedTree.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { ItemsList } from "./ItemsList.tsx";
import { secondsText } from "./seconds-text.ts";
import { sentenced } from "./sentenced.ts";
import { StepAsk } from "./StepAsk.tsx";
import type { StepDetailsProps } from "./StepDetails.tsx";
import { becauseText, wayText } from "./step-views.ts";

/** Why a step stands as it does: in a sentence, then with the values that decided. */
export function WhyTab(props: StepDetailsProps & { readonly step: Step; readonly attempts: readonly AttemptBar[] }) {
  const { id, step, detail, history, run, state, stateOf, past, now, attempts, onSelect } = props;
  const { playbook } = detail;
  const branches = explainedBranches(state.explained ?? state.error?.details);
  const sentence = whySentence(props);
  const look = statusLooks[state.status];
  const ways = waysOf(step).filter((way) => way.next.length > 0);
  const over = state.endedAt !== undefined;
  return (
    <>
      {state.status === "failed" && state.error ? (
        <FailureNote error={state.error} attempts={state.attempts} next={afterFailure(step, state, (next) => playbook.steps[next]?.name ?? next)} />
      ) : (
        <div className={classes.said} data-tone={look.tone}>
          <StatusMark status={state.status} />
          <p>{sentence}</p>
          {state.error && <p className="mono">{state.error.code}</p>}
        </div>
      )}
      {run && state.status === "in-doubt" && <DoubtPanel run={detail.run.id} history={history} shown={run} id={id} state={state} past={past} />}
      {step.kind === "ask" && <StepAsk run={detail.run.id} step={id} past={past} />}
      {branches && <ExplainedTree branches={branches} />}
      {run && state.items && <ItemsList run={run} plan={history.plan} step={id} total={state.items.total} attempts={attempts} now={now} />}
      {state.because && playbook.steps[state.because.step] && (
        <button type="button" className={classes.go} onClick={() => state.because && onSelect(state.because.step)}>
          Show {playbook.steps[state.because.step]?.name}
        </button>
      )}
      {(state.children?.length ?? 0) > 0 && (
        <section>
          <h3 className={classes.section}>Runs that it called</h3>
          <ul className={classes.lines}>
            {state.children?.map((child) => (
              <li key={child}>
                <Link to="/runs/$id" params={{ id: child }} className="cut">
                  {detail.children.find((each) => each.id === child)?.playbook.name ?? child}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ways.length > 0 && (
        <section>
          <h3 className={classes.section}>Ways out</h3>
          <ul className={classes.lines}>
            {ways.map((way) => {
              const taken = state.way === way.id;
              return (
                <li key={way.id} data-taken={taken || undefined} data-out={(over && !taken) || undefined}>
                  {taken ? <Check size={14} strokeWidth={2.5} aria-label="taken" /> : over ? <CircleSlash size={14} strokeWidth={2} aria-label="not taken" /> : null}
                  <b>{way.label || "then"}</b>
                  <span className="muted">to</span>
                  <span className="cut">
                    {way.next.map((next) => (detail.hidden.includes(next) ? "a step not shown to you" : (playbook.steps[next]?.name ?? next))).join(", ")}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {step.description && <p className="secondary">{step.description}</p>}
    </>
  );

  function whySentence({ now }: StepDetailsProps): string {
    const { output } = state;
    const by = typeof output === "object" && output !== null && "by" in output && typeof output.by === "string" ? output.by : null;
    if (step.kind === "ask" && state.status === "succeeded" && by !== null && state.way !== undefined) return `${by} answered: ${wayText(step, state.way)}.`;
    switch (state.status) {
      case "waiting":
        return "The run has not come here yet.";
      case "running":
        return state.items
          ? `${state.items.succeeded + state.items.failed} of ${state.items.total} items are done, ${state.items.running} are under way.`
          : `Try ${Math.max(1, state.attempts)} is under way.`;
      case "asking":
        return "The run waits for a person to answer.";
      case "sleeping":
        return sleeping(state, now);
      case "in-doubt":
        return "The request may have arrived, and no answer came back. Nobody but a person who looks can tell.";
      case "succeeded":
        return branches?.some(({ holds }) => holds) || (branches && state.way === "otherwise")
          ? whyText(branches)
          : state.way !== undefined && state.way !== "next"
            ? `It went ${wayText(step, state.way)}.`
            : "It did what it should, and the run went on.";
      case "failed":
        return sentenced(state.error?.message ?? "It failed");
      case "skipped":
        return becauseText(playbook, state.because, stateOf) ?? state.error?.message ?? "A person decided to skip it.";
      case "cancelled":
        return "The run ended before this step did.";
    }
  }
}

function afterFailure(step: Step, state: StepState, nameOf: (id: string) => string): string {
  const way = waysOf(step).find(({ id }) => id === state.way);
  return way ? `The playbook handles it: the run goes on to ${way.next.map(nameOf).join(" and ")}.` : "The playbook has no way for this, so the run fails.";
}

function sleeping(state: StepState, now: number): string {
  const at = (time: number) => `at ${secondsText(time)}, in ${durationText(Math.max(0, Math.floor((time - now) / 1_000) * 1_000))}`;
  if (state.poll) return `It asks again until it is done: poll ${state.poll.count} of at most ${state.poll.max} came back, the next is ${at(state.poll.nextAt)}.`;
  if (state.retryAt !== undefined) return `Try ${state.attempts} failed; the next is ${at(state.retryAt)}.`;
  if (state.wakesAt !== undefined) return `It waits until then: it goes on ${at(state.wakesAt)}.`;
  return "It waits for its signal.";
}
