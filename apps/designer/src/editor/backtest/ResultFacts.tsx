import type { Playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import type { ReactNode } from "react";
import { explainedBranches, whyText } from "../../run/explained.ts";
import { ExplainedTree } from "../../run/ExplainedTree.tsx";
import classes from "./Backtest.module.css";
import { nameOf } from "./backtest-words.ts";

/** Why the ways part, which changes would newly happen or no longer, and what nobody can know. */
export function ResultFacts({ result, draft, before, onStep }: { result: BacktestResult; draft: Playbook; before: Playbook | null; onStep: (step: string) => void }) {
  const { parting, calls, unknown, assumed } = result;
  const name = (step: string) => nameOf(step, draft, before);
  const then = explainedBranches(parting?.before.explained);
  const now = explainedBranches(parting?.now.explained);
  const call = (each: (typeof calls.newly)[number], more?: ReactNode) => (
    <li key={`${each.step} ${each.item ?? ""}`}>
      <button type="button" className={classes.link} onClick={() => onStep(each.step)}>
        {name(each.step)}
        {each.item === undefined ? "" : `, item ${each.item + 1}`}
      </button>{" "}
      {each.what !== null && <code className={classes.code}>{each.what}</code>}
      {more}
    </li>
  );
  const lists = [
    { title: "Would newly happen", tone: "fail", items: calls.newly.map((each) => call(each)) },
    { title: "Would no longer happen", tone: "wait", items: calls.noLonger.map((each) => call(each)) },
    {
      title: "Would happen with other input",
      tone: "accent",
      items: calls.otherInput.map((each) =>
        call(
          each,
          <dl className={classes.inputs}>
            {each.changed.map(({ key, before: old, now: fresh }) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>
                  <del>{old ?? "nothing"}</del> <ins>{fresh ?? "nothing"}</ins>
                </dd>
              </div>
            ))}
          </dl>,
        ),
      ),
    },
    {
      title: "Cannot be known",
      tone: "doubt",
      items: unknown.map(({ step, item, message }) => (
        <li key={`${step} ${item ?? ""}`}>
          <button type="button" className={classes.link} onClick={() => onStep(step)}>
            {name(step)}
          </button>{" "}
          {message}
        </li>
      )),
    },
    {
      title: "Taken to answer the same",
      tone: "plain",
      items: assumed.map((step) => (
        <li key={step}>
          <button type="button" className={classes.link} onClick={() => onStep(step)}>
            {name(step)}
          </button>{" "}
          is given the answer to its input of then.
        </li>
      )),
    },
  ].filter(({ items }) => items.length > 0);
  if (!then && !now && lists.length === 0) return null;
  return (
    <div className={classes.facts} tabIndex={0} role="group" aria-label="What is different">
      {(then ?? now) && (
        <div className={classes.whys}>
          {[
            { title: "Before", branches: then },
            { title: "With the draft", branches: now },
          ].map(({ title, branches }) => (
            <div key={title}>
              <h3>{title}</h3>
              {branches ? (
                <>
                  <p>{whyText(branches)}</p>
                  <ExplainedTree branches={branches} />
                </>
              ) : (
                <p className="muted">It did not decide here.</p>
              )}
            </div>
          ))}
        </div>
      )}
      {lists.map(({ title, tone, items }) => (
        <div key={title} className={classes.group} data-tone={tone}>
          <h3>{title}</h3>
          <ul>{items}</ul>
        </div>
      ))}
    </div>
  );
}
