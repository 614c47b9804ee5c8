import type { Finding } from "@drawbridge/playbook";
import { useEffect, useRef } from "react";
import { useEditor } from "./editor-context.ts";

const keyOf = (finding: Finding) => `${finding.code} ${finding.pointer} ${finding.message}`;

/** Tells a screen reader of problems that an edit made, once they are known, and when the last one is gone. */
export function useProblemAnnouncements(findings: readonly Finding[] | null): void {
  const { store } = useEditor();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (findings === null) return;
    const grave = findings.filter((finding) => finding.severity !== "hint");
    const before = known.current;
    known.current = new Set(grave.map(keyOf));
    if (before === null) return;
    const fresh = grave.filter((finding) => !before.has(keyOf(finding)));
    const [first] = fresh;
    if (first) store.getState().say(`${fresh.length === 1 ? "Problem" : `${fresh.length} problems`}: ${first.message}`);
    else if (before.size > 0 && grave.length === 0) store.getState().say("No problems left");
  }, [findings, store]);
}
