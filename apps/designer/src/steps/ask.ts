import { UserCheck } from "lucide-react";
import { durationText } from "./duration-text.ts";
import type { StepLook } from "./step-look.ts";

export const ask: StepLook<"ask"> = {
  icon: UserCheck,
  tile: "amber",
  shape: "square",
  title: "Ask",
  summary: "A person approves, chooses or fills in a form",
  subtitle: (step) => {
    const form = step.fields?.length ? "form" : step.branches.length === 2 ? "approval" : "choice";
    const who = step.to?.caseOwner ? "the owner" : step.to?.caseMembers ? "the members" : (step.to?.roles?.[0] ?? (step.to?.people?.length ? "people" : "anyone"));
    return [`Ask ${who}`, [form, step.timeLimit && durationText(step.timeLimit)].filter(Boolean).join(", ")].join(" · ");
  },
  foot: () => null,
  exception: { way: "limit", label: "no answer" },
  effect: () => null,
};
