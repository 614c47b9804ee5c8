import { Flag } from "lucide-react";
import type { StepLook } from "./step-look.ts";

export const end: StepLook<"end"> = {
  icon: Flag,
  tile: "slate",
  shape: "square",
  title: "End",
  summary: "An outcome; ends its way",
  subtitle: (step) => `End · ${step.outcome}`,
  foot: () => null,
  exception: null,
  effect: () => null,
};
