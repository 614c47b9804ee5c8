import type { CaseSummary } from "@drawbridge/protocol";
import { CircleCheck, CircleDot, type LucideIcon, ShieldCheck } from "lucide-react";
import classes from "./CaseStatusMark.module.css";

const looks: { readonly [Status in CaseSummary["status"]]: { readonly icon: LucideIcon; readonly word: string } } = {
  open: { icon: CircleDot, word: "Open" },
  contained: { icon: ShieldCheck, word: "Contained" },
  closed: { icon: CircleCheck, word: "Closed" },
};

export function CaseStatusMark({ status }: { status: CaseSummary["status"] }) {
  const { icon: Icon, word } = looks[status];
  return (
    <span className={classes.mark} data-status={status}>
      <Icon size={14} strokeWidth={2} aria-hidden />
      {word}
    </span>
  );
}
