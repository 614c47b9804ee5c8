import { Tooltip } from "@mantine/core";
import { Check, CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import { relativeText } from "../../shared/format.ts";
import { useNow } from "../../shared/use-now.ts";
import { useDraft } from "../editor-context.ts";
import type { SaveState } from "./autosave.ts";
import classes from "./SaveStatus.module.css";

interface Words {
  readonly text: string;
  /** The whole of it, for the tooltip. */
  readonly more: string;
}

function wordsOf(saved: SaveState, now: number): Words {
  switch (saved.kind) {
    case "saved": {
      const when = saved.at === null ? "" : ` ${relativeText(Math.min(saved.at, now), now)}`;
      return { text: `Saved${when}`, more: "Everything is saved on the server." };
    }
    case "saving":
      return { text: "Saving…", more: "Your last edits are on their way to the server." };
    case "question":
      return { text: "Not saved: choose first", more: "Both changed the same; choose what stays. Your edits are kept in this browser." };
    case "failed": {
      if (!saved.kept) return { text: "Not saved", more: `${saved.problem.detail} This browser cannot keep your edits either: leave this tab open.` };
      const then = saved.again ? "They will be saved by themselves when the server is back." : "They will be saved with your next change, or when you try again.";
      return { text: "Not saved; kept in this browser", more: `${saved.problem.title}. Your edits are kept in this browser. ${then}` };
    }
  }
}

const icons = { saved: Check, saving: LoaderCircle, question: TriangleAlert, failed: CloudOff } as const;

/** Whether the draft is saved, as quietly as that can be said. */
export function SaveStatus() {
  const saved = useDraft((state) => state.saved);
  const now = useNow(15_000);
  const { text, more } = wordsOf(saved, now);
  const Icon = icons[saved.kind];
  return (
    <Tooltip label={more} multiline maw={320}>
      <span
        className={classes.status}
        data-kind={saved.kind}
        data-alone={(saved.kind === "failed" && !saved.kept) || undefined}
        role="status"
        aria-live={saved.kind === "failed" || saved.kind === "question" ? "polite" : "off"}
        tabIndex={saved.kind === "failed" ? 0 : undefined}
      >
        <Icon size={13} strokeWidth={2} aria-hidden />
        {text}
        {saved.kind === "failed" && <span className="unseen">. {more}</span>}
      </span>
    </Tooltip>
  );
}
