import type { Step, StepKind } from "@drawbridge/playbook";
import type { ComponentType } from "react";
import type { StepPanelProps } from "../editor/editor-context.ts";
import { ActionPanel } from "./ActionPanel.tsx";
import { AskPanel } from "./AskPanel.tsx";
import { CallPanel } from "./CallPanel.tsx";
import { ConditionPanel } from "./ConditionPanel.tsx";
import { EndPanel } from "./EndPanel.tsx";
import { ScriptPanel } from "./ScriptPanel.tsx";
import { SectionPanel } from "./SectionPanel.tsx";
import { SetPanel } from "./SetPanel.tsx";
import { WaitPanel } from "./WaitPanel.tsx";

/** How each kind is set up. */
const stepPanels: { readonly [Kind in StepKind]: ComponentType<StepPanelProps<Kind>> } = {
  action: ActionPanel,
  condition: ConditionPanel,
  ask: AskPanel,
  wait: WaitPanel,
  call: CallPanel,
  set: SetPanel,
  script: ScriptPanel,
  section: SectionPanel,
  end: EndPanel,
};

/** The panel of a step's kind, to be given that step. */
export const panelOf = (step: Step): ComponentType<StepPanelProps<StepKind>> => stepPanels[step.kind] as unknown as ComponentType<StepPanelProps<StepKind>>;
