import { Workflow } from "lucide-react";
import { loopFoot } from "./loop-foot.ts";
import type { StepLook } from "./step-look.ts";

export const call: StepLook<"call"> = {
  icon: Workflow,
  tile: "slate",
  shape: "square",
  title: "Call",
  summary: "Run another playbook",
  subtitle: (step, catalog) => `Call · ${catalog.playbooks.find((each) => each.id === step.playbook)?.name ?? step.playbook}`,
  foot: loopFoot,
  exception: { way: "error", label: "on error" },
  effect: () => null,
};
