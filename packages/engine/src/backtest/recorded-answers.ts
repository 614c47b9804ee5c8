import { type CallActionEffect, type OpenAskEffect, type RunScriptEffect, type StartRunEffect } from "@drawbridge/interpreter";
import { type Json, type Playbook, sameJson, type Step } from "@drawbridge/playbook";
import type { Asked, RecordedRun } from "./recorded-run.ts";

/** What a draft asks that only a recorded run can answer. */
export type Question = CallActionEffect | RunScriptEffect | StartRunEffect | OpenAskEffect;

/** `not-asked`: the run never asked it; `asked-otherwise`: it asked for something else; `no-answer`: none came; `answer-refused`: the answer does not fit the draft; `hidden`: whoever asks may not know. */
export type UnknownCode = "not-asked" | "asked-otherwise" | "no-answer" | "answer-refused" | "hidden";

export type Found = { readonly asked: Asked; readonly assumed: boolean } | { readonly unknown: UnknownCode };

/** What a question asks for, apart from its input. */
type Matter = Json;

const matters: { readonly [Type in Question["type"]]: (question: Extract<Question, { readonly type: Type }>) => Matter } = {
  "call-action": ({ action, connection }) => ["action", action, connection ?? null],
  "run-script": ({ source }) => ["script", source],
  "start-run": ({ playbook, detached }) => ["call", playbook, detached],
  "open-ask": () => ["ask"],
};

function matterOf(question: Question): Matter {
  return (matters[question.type] as (question: Question) => Matter)(question);
}

/** What the step of the recorded document asks for; null when it asks nothing. */
function matterOfStep(step: Step | undefined): Matter {
  if (step?.kind === "action") return ["action", step.action, step.connection ?? null];
  if (step?.kind === "script") return ["script", step.source];
  if (step?.kind === "call") return ["call", step.playbook, step.detached === true];
  return step?.kind === "ask" ? ["ask"] : null;
}

/** The recorded answers to what a draft asks, each given once. Without the recorded document (`before`) a step of the same id is taken to ask for the same. */
export class RecordedAnswers {
  private readonly recorded: RecordedRun;
  private readonly before: Playbook | null;
  private readonly draft: Playbook;
  private readonly given = new Set<Asked>();

  constructor(recorded: RecordedRun, before: Playbook | null, draft: Playbook) {
    this.recorded = recorded;
    this.before = before;
    this.draft = draft;
  }

  /** The attempt of that very id, else one of the step with the same input, else one of a step that has another id now. Of a change, the answer to another input is assumed to be the same. */
  answerTo(question: Question, changes: boolean): Found {
    const own = this.recorded.asked.get(question.id);
    const found = own && this.fits(own, question) ? own : (this.elsewhere(question) ?? null);
    if (found) return this.take(found, false);
    if (!own) return { unknown: this.recorded.askedBy.has(question.step) ? "asked-otherwise" : "not-asked" };
    return changes && this.sameMatter(own, question) && !this.given.has(own) ? this.take(own, true) : { unknown: "asked-otherwise" };
  }

  private take(asked: Asked, assumed: boolean): Found {
    this.given.add(asked);
    return { asked, assumed };
  }

  private elsewhere(question: Question): Asked | undefined {
    const free = (asked: Asked): boolean => !this.given.has(asked) && this.fits(asked, question);
    const ofStep = this.recorded.askedBy.get(question.step)?.find(free);
    if (ofStep || !this.before) return ofStep;
    for (const [step, all] of this.recorded.askedBy) {
      if (Object.hasOwn(this.draft.steps, step)) continue;
      const renamed = all.find(free);
      if (renamed) return renamed;
    }
    return undefined;
  }

  private fits(asked: Asked, question: Question): boolean {
    if (!this.sameMatter(asked, question)) return false;
    if (question.type === "open-ask") return asked.ask !== undefined;
    if (asked.input === undefined || !sameJson(asked.input, question.input)) return false;
    return question.type !== "start-run" || (asked.case ?? null) === question.case;
  }

  private sameMatter(asked: Asked, question: Question): boolean {
    if (this.before) return sameJson(matterOfStep(this.before.steps[asked.step]), matterOf(question));
    return asked.step === question.step && (asked.ask !== undefined) === (question.type === "open-ask");
  }
}
