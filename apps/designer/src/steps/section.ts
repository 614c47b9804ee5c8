import { Heading } from "lucide-react";
import type { StepLook } from "./step-look.ts";

export const section: StepLook<"section"> = {
  icon: Heading,
  tile: "slate",
  shape: "square",
  title: "Section",
  summary: "A heading that the run passes through",
  subtitle: (step) => step.description?.split("\n")[0] || "Section",
  foot: () => null,
  exception: null,
  effect: () => null,
};
