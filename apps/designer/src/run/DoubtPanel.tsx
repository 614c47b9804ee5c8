import { itemsOf, type Run, type StepState } from "@drawbridge/interpreter";
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Check, RotateCcw, SkipForward } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { useMay } from "../api/session.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./details.module.css";
import { JsonInput } from "./JsonInput.tsx";
import { readJson } from "./read-json.ts";
import type { RunHistory } from "./run-history.ts";

interface DoubtPanelProps {
  readonly run: string;
  readonly history: RunHistory;
  readonly shown: Run;
  readonly id: string;
  readonly state: StepState;
  readonly past: boolean;
}

const words = { retry: "Sent again.", done: "Marked as done.", skip: "Skipped." } as const;

/** A step of which nobody knows whether it happened: what each decision does, and the decision. */
export function DoubtPanel({ run, history, shown, id, state, past }: DoubtPanelProps) {
  const mayDecide = useMay("analyst");
  const items = state.items
    ? itemsOf(shown, history.plan, id, 0, state.items.total).flatMap(({ status, effect }, index) => (status === "in-doubt" && effect ? [{ index, effect }] : []))
    : [];
  const [chosen, setChosen] = useState<string | null>(null);
  const effect = items.length > 0 ? (items.find((each) => each.effect === chosen) ?? items[0])?.effect : state.effect;
  const [output, setOutput] = useState<string | null>(null);
  const parsed = readJson(output ?? "");
  const decide = useMutation({
    mutationFn: (decision: "retry" | "done" | "skip") =>
      call("decideDoubt", { params: { id: run }, body: { effect: effect ?? "", decision, ...(decision === "done" && parsed.ok && { output: parsed.value }) } }),
    onSuccess: (_, decision) => notifyDone(words[decision]),
  });
  if (effect === undefined) return null;
  if (past || !mayDecide) return <p className="secondary">{past ? "You look at an earlier moment; go back to live to decide." : "An analyst decides what becomes of it."}</p>;
  return (
    <section className={classes.doubt} aria-label="Decide the step in doubt">
      <p className="secondary">Look in the other system whether the change is there; then decide.</p>
      {items.length > 1 && (
        <Select
          label="Which item"
          data={items.map((each) => ({ value: each.effect, label: `Item ${each.index + 1}` }))}
          value={effect}
          allowDeselect={false}
          onChange={setChosen}
        />
      )}
      <Choice
        icon={RotateCcw}
        word="Send again"
        consequence="If the first request did arrive, the change is made twice."
        busy={decide.isPending && decide.variables === "retry"}
        off={decide.isPending}
        onPress={() => decide.mutate("retry")}
      />
      <Choice
        icon={Check}
        word="Mark as done"
        consequence="Nothing is sent. The run goes on with the output that you give."
        busy={false}
        off={decide.isPending}
        onPress={() => setOutput(output === null ? "{}" : null)}
      />
      {output !== null && (
        <div className={classes.doubtOutput}>
          <JsonInput label="Output of the step" description="Later steps read it." value={output} onChange={setOutput} />
          <Button loading={decide.isPending && decide.variables === "done"} disabled={!parsed.ok || decide.isPending} onClick={() => decide.mutate("done")}>
            Go on with this output
          </Button>
        </div>
      )}
      <Choice
        icon={SkipForward}
        word="Skip"
        consequence="Nothing is sent, and the step has no output. Steps that need it may fail."
        busy={decide.isPending && decide.variables === "skip"}
        off={decide.isPending}
        onPress={() => decide.mutate("skip")}
      />
      {decide.error && <ProblemNote error={decide.error} />}
    </section>
  );
}

function Choice({
  icon: Icon,
  word,
  consequence,
  busy,
  off,
  onPress,
}: {
  icon: typeof Check;
  word: string;
  consequence: string;
  busy: boolean;
  off: boolean;
  onPress: () => void;
}) {
  return (
    <div className={classes.choice}>
      <Button variant="default" leftSection={<Icon size={14} strokeWidth={2} aria-hidden />} loading={busy} disabled={off} onClick={onPress}>
        {word}
      </Button>
      <span className="secondary">{consequence}</span>
    </div>
  );
}
