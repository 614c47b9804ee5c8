import type { CaseSummary } from "@drawbridge/protocol";
import { Flame } from "lucide-react";
import { Badge } from "../shared/Badge.tsx";

export const severityLooks = {
  low: { word: "Low", tone: "plain" },
  medium: { word: "Medium", tone: "run" },
  high: { word: "High", tone: "fail" },
  critical: { word: "Critical", tone: "fail" },
} as const;

/** A flame and a word. */
export function SeverityMark({ severity }: { severity: CaseSummary["severity"] }) {
  const look = severityLooks[severity];
  return (
    <Badge tone={look.tone}>
      <Flame size={12} strokeWidth={2} fill={severity === "critical" ? "currentColor" : "none"} aria-hidden />
      {look.word}
    </Badge>
  );
}
