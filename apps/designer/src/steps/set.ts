import { Braces } from "lucide-react";
import type { StepLook } from "./step-look.ts";

export const set: StepLook<"set"> = {
  icon: Braces,
  tile: "slate",
  shape: "square",
  title: "Set",
  summary: "Keep values under a name",
  subtitle: (step) => {
    const names = Object.keys(step.values);
    return names.length > 0 ? `Set · ${names.join(", ")}` : "Set variables";
  },
  foot: () => null,
  exception: null,
  effect: () => null,
};
