import { GitBranch } from "lucide-react";
import type { StepLook } from "./step-look.ts";

export const condition: StepLook<"condition"> = {
  icon: GitBranch,
  tile: "plum",
  shape: "diamond",
  title: "Condition",
  summary: "Go the first way that holds",
  subtitle: () => "Condition",
  foot: () => null,
  exception: null,
  effect: () => null,
};
