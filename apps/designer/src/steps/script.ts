import { CodeXml } from "lucide-react";
import type { StepLook } from "./step-look.ts";

export const script: StepLook<"script"> = {
  icon: CodeXml,
  tile: "slate",
  shape: "square",
  title: "Script",
  summary: "Sandboxed JavaScript",
  subtitle: () => "Script · JavaScript",
  foot: () => null,
  exception: { way: "error", label: "on error" },
  effect: () => null,
};
