import type { Run, StepState } from "@drawbridge/interpreter";
import { ActionIcon, Tabs } from "@mantine/core";
import { Lock, X } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import type { Answer } from "../api/call.ts";
import { StatusMark } from "../shared/StatusMark.tsx";
import { lookOf } from "../steps/looks.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { StepTile } from "../steps/StepTile.tsx";
import type { AttemptBar } from "./attempt-bars.ts";
import { AttemptsTab } from "./AttemptsTab.tsx";
import classes from "./details.module.css";
import type { RunHistory } from "./run-history.ts";
import { secondsText } from "./seconds-text.ts";
import { stepViewOf } from "./step-views.ts";
import { ValueBlock } from "./ValueBlock.tsx";
import { WhyTab } from "./WhyTab.tsx";

/** What the panels of a step need to know. */
export interface StepDetailsProps {
  readonly id: string;
  readonly detail: Answer<"getRun">;
  readonly history: RunHistory;
  readonly run: Run | null;
  readonly state: StepState;
  readonly stateOf: (id: string) => StepState;
  readonly hidden: boolean;
  readonly bars: readonly AttemptBar[];
  readonly catalog: StepCatalog;
  readonly now: number;
  /** An earlier moment is shown: nothing can be done there. */
  readonly past: boolean;
  readonly onSelect: (id: string) => void;
  readonly onClose: () => void;
}

/** Why a step went as it did, what went in and came out, and every attempt. */
export function StepDetails(props: StepDetailsProps) {
  const { id, detail, state, stateOf, hidden, bars, catalog, now, onClose } = props;
  const step = detail.playbook.steps[id];
  const attempts = useMemo(() => bars.filter((bar) => bar.step === id && bar.kind === "attempt"), [bars, id]);
  if (!step || hidden)
    return (
      <div className={classes.panel}>
        <Head title="Not shown to you" onClose={onClose} mark={<Lock size={18} strokeWidth={1.75} aria-hidden />}>
          <span className="secondary">Restricted</span>
        </Head>
        <div className={classes.body}>
          <p className="secondary">This step works on a case that is restricted to its members. What it did, and whether it ran, is not shown to you.</p>
        </div>
      </div>
    );
  const view = stepViewOf(detail.playbook, id, state, stateOf, now);
  return (
    <div className={classes.panel}>
      <Head title={step.name} onClose={onClose} mark={<StepTile step={step} catalog={catalog} size={32} />}>
        <StatusMark status={view.status} {...(view.word !== undefined && { word: view.word })} />
        <span className="muted cut">
          {lookOf(step).title}
          {state.endedAt !== undefined && `, ${secondsText(state.endedAt)}`}
          {view.time !== undefined && `, ${view.time}`}
        </span>
      </Head>
      <Tabs defaultValue="why" keepMounted={false} className={classes.tabs}>
        <Tabs.List className={classes.tabList}>
          <Tabs.Tab value="why">Why</Tabs.Tab>
          <Tabs.Tab value="input">Input</Tabs.Tab>
          <Tabs.Tab value="output">Output</Tabs.Tab>
          <Tabs.Tab value="attempts" rightSection={<span className="muted num">{attempts.length}</span>}>
            Attempts
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="why" className={classes.body}>
          <WhyTab {...props} step={step} attempts={attempts} />
        </Tabs.Panel>
        <Tabs.Panel value="input" className={classes.body}>
          <ValueBlock run={detail.run.id} label="Input" value={state.input ?? attempts.at(-1)?.input} />
        </Tabs.Panel>
        <Tabs.Panel value="output" className={classes.body}>
          <ValueBlock run={detail.run.id} label="Output" value={state.output} named={["steps", id, "output"]} />
        </Tabs.Panel>
        <Tabs.Panel value="attempts" className={classes.body}>
          <AttemptsTab run={detail.run.id} attempts={attempts} now={now} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Head({ title, mark, onClose, children }: { title: string; mark: ReactNode; onClose: () => void; children: ReactNode }) {
  return (
    <header className={classes.head}>
      {mark}
      <div className="grow">
        <h2 className={`${classes.title} cut`}>{title}</h2>
        <span className={classes.second}>{children}</span>
      </div>
      <ActionIcon aria-label="Close the details" onClick={onClose}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </ActionIcon>
    </header>
  );
}
