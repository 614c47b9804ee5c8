import { resolve, type Scope, type StepOf } from "@drawbridge/playbook";
import type { AskField, OpenAsk } from "../effect.ts";
import type { Deciding } from "./behaviour.ts";
import { limitPolicy } from "./policy.ts";
import { resolvedText, resolvedValues } from "./resolved-values.ts";

type Ask = StepOf<"ask">;

/** Opens the ask with its templates worked out; the answer is the way out. */
export const ask: Deciding<Ask> = {
  policy: limitPolicy,
  enter: (step, { at, scope, time, effect }) => {
    const { limitMs } = at.policy;
    const open: OpenAsk = {
      title: step.name,
      prompt: resolvedText(step.prompt, scope),
      to: addressees(step.to, scope),
      context: resolvedValues(step.context, scope),
      fields: (step.fields ?? []).map(present<AskField>),
      branches: step.branches.map(({ label, tone, effect: consequence }) => ({
        label,
        tone: tone ?? "neutral",
        ...(consequence === undefined ? {} : { effect: resolvedText(consequence, scope) }),
      })),
      ...(limitMs === null ? {} : { until: time + limitMs }),
    };
    return { type: "ask-opened", step: at.id, effect, ask: open, ...(limitMs === null ? {} : { timer: `${effect}/limit` }) };
  },
};

function addressees(to: Ask["to"], scope: Scope): OpenAsk["to"] {
  const people = to?.people?.flatMap((each) => resolve(each, scope)).filter((each): each is string => typeof each === "string" && each !== "");
  return present<OpenAsk["to"]>({ ...to, people: people && [...new Set(people)] });
}

type Loose<Shape> = { readonly [Key in keyof Shape]: Shape[Key] | undefined };

/** The object without its undefined values. */
function present<Shape extends object>(value: Loose<Shape>): Shape {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Shape;
}
