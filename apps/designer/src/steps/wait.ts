import { Hourglass } from "lucide-react";
import { durationText } from "./duration-text.ts";
import type { StepLook } from "./step-look.ts";

export const wait: StepLook<"wait"> = {
  icon: Hourglass,
  tile: "slate",
  shape: "square",
  title: "Wait",
  summary: "For a time, until a time, or for a signal",
  subtitle: (step) => (step.for ? `Wait · ${durationText(step.for)}` : step.until ? `Wait until ${step.until}` : step.signal ? `Wait for ${step.signal}` : "Wait"),
  foot: () => null,
  exception: { way: "limit", label: "time limit" },
  effect: () => null,
};
