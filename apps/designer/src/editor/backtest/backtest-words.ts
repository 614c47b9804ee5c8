import type { Playbook } from "@drawbridge/playbook";
import type { BacktestResult } from "@drawbridge/protocol";
import { wayText } from "../../run/step-views.ts";
import { countText } from "../../shared/format.ts";

/** How results are filtered; a run may be in several. */
export type ResultKind = "other" | "unknown" | "other-input" | "same" | "all";

export const isOfKind: { readonly [Kind in ResultKind]: (result: BacktestResult) => boolean } = {
  other: ({ verdict }) => verdict === "other",
  unknown: ({ unknown }) => unknown.length > 0,
  "other-input": ({ calls }) => calls.otherInput.length > 0,
  same: ({ verdict }) => verdict === "same",
  all: () => true,
};

export const verdictWords = { same: "Same way", other: "Another way", unknown: "Unknown from here" } as const;

/** A step's name in one of the documents. */
export function nameOf(step: string, ...playbooks: readonly (Playbook | null | undefined)[]): string {
  for (const playbook of playbooks) {
    const found = playbook?.steps[step];
    if (found) return found.name;
  }
  return step;
}

type Stood = NonNullable<BacktestResult["parting"]>["before"];

/** How a step stood, in a few words: the way it went, or what became of it. */
export function stoodText(stood: Stood, step: string, playbook: Playbook | null | undefined): string {
  if (stood.status === "succeeded" && stood.way !== null && stood.way !== "next") return wayText(playbook?.steps[step], stood.way);
  if (stood.status === "failed") return stood.way === null ? "failed" : `failed, ${wayText(playbook?.steps[step], stood.way)}`;
  return { succeeded: "done", skipped: "skipped", open: "under way", cut: "cut short", absent: "not reached" }[stood.status];
}

type End = BacktestResult["before"] | BacktestResult["now"];

/** How a run ends. */
function endText({ status, outcome, errorCode }: End): string {
  if (status === "not-started") return "not started";
  const word = status === "open" ? "open" : status;
  return outcome !== null ? `${word}, ${outcome}` : errorCode !== null ? `${word}, ${errorCode}` : word;
}

/** How a run ends both ways. */
export function endsText({ before, now }: BacktestResult): string {
  const then = endText(before);
  if (now.status === "open") return `Ended ${then}; with the draft, open from where it is unknown`;
  return endText(now) === then ? `Ended ${then}, both ways` : `Ended ${then}; with the draft, ${endText(now)}`;
}

/** Where a run parts, in one line. */
export function partingText(result: BacktestResult, draft: Playbook): string {
  const { parting, unknown, now } = result;
  if (now.status === "not-started") return now.message ?? "The draft refuses the run's input.";
  if (parting) {
    if (parting.step === null || parting.what === "other-end") return `Ends ${endText(result.before)} → ${endText(now)}`;
    return `${nameOf(parting.step, draft)}: ${stoodText(parting.before, parting.step, draft)} → ${stoodText(parting.now, parting.step, draft)}`;
  }
  const [first] = unknown;
  if (first) return `${nameOf(first.step, draft)}: ${first.message}`;
  if (result.calls.newly.length + result.calls.noLonger.length > 0) return "The same steps, other changes";
  return `Ends ${endText(now)}`;
}

/** What a backtest found so far, in a sentence. */
export function summaryText(results: readonly BacktestResult[]): string {
  const count = (kind: ResultKind) => results.filter(isOfKind[kind]).length;
  const parts = [
    `${count("other").toLocaleString()} of ${countText(results.length, "run")} would go another way`,
    ...(count("unknown") > 0 ? [`${count("unknown").toLocaleString()} cannot be known to the end`] : []),
    ...(count("other-input") > 0 ? [`${count("other-input").toLocaleString()} would change something with other input`] : []),
  ];
  return `${parts.join("; ")}.`;
}
