import { createLucideIcon, type LucideIcon, Minus, Move, Plus } from "lucide-react";
import classes from "./ChangeSign.module.css";
import type { ChangeKind } from "./step-view.ts";

const Tilde = createLucideIcon("tilde", [["path", { d: "M4 14.5c1.5-4.5 4.5-5 8-2.5s6.5 2 8-2.5", key: "wave" }]]);

/** How each kind of change is shown and said. */
export const changeLooks: { readonly [Kind in ChangeKind]: { readonly icon: LucideIcon; readonly word: string } } = {
  added: { icon: Plus, word: "Added" },
  removed: { icon: Minus, word: "Removed" },
  changed: { icon: Tilde, word: "Changed" },
  moved: { icon: Move, word: "Moved only" },
};

/** The sign on the corner of what differs between two versions. */
export function ChangeSign({ kind }: { kind: ChangeKind }) {
  const { icon: Icon, word } = changeLooks[kind];
  return (
    <span className={classes.sign} data-kind={kind} title={word}>
      <Icon strokeWidth={2.5} aria-hidden />
    </span>
  );
}
