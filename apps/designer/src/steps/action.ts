import { Zap } from "lucide-react";
import { loopFoot } from "./loop-foot.ts";
import type { StepLook } from "./step-look.ts";

export const action: StepLook<"action"> = {
  icon: Zap,
  tile: "slate",
  shape: "square",
  title: "Action",
  summary: "Call an integration",
  subtitle: (step, catalog) => {
    const facts = catalog.actions.get(step.action);
    const [integration = "", verb = ""] = step.action.split(".");
    return `${catalog.integrations.get(integration)?.title ?? integration} · ${facts?.title ?? verb}`;
  },
  foot: loopFoot,
  exception: { way: "error", label: "on error" },
  effect: (step, catalog) => catalog.actions.get(step.action)?.effect ?? null,
};
