import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Upload } from "lucide-react";
import { useState } from "react";
import { useSession } from "../../api/session.ts";
import { notifyProblem } from "../../shared/notify.ts";
import { useEditor } from "../editor-context.ts";
import classes from "./DraftNotices.module.css";
import { Action, Notice } from "./Notice.tsx";
import { takeVersion } from "./take-version.ts";
import { usePublished } from "./use-published.ts";

/** Tells of a version that was published meanwhile, and offers to look at it and to take it into the draft. */
export function PublishedNotice() {
  const editor = useEditor();
  const me = useSession()?.person.email;
  const published = usePublished();
  const [closed, setClosed] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  if (!published || published.version === closed || (published.staleBase === null && published.by.email === me)) return null;
  const { version, note, rolledBackTo, staleBase } = published;
  const who = published.by.email === me ? "You" : published.by.name;
  const what = rolledBackTo === null ? `published version ${version}` : `rolled back to version ${rolledBackTo}, as version ${version}`;
  const take = async (base: number) => {
    setBusy(true);
    try {
      await takeVersion(editor, base, version, `${who} ${what} meanwhile.`);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const from = staleBase ?? version - 1;
  return (
    <Notice
      icon={Upload}
      tone="accent"
      actions={
        <>
          {from > 0 && (
            <Button size="xs" variant="default" renderRoot={(props) => <Link to="/playbooks/$id/compare" params={{ id: editor.id }} search={{ from, to: version }} {...props} />}>
              Look
            </Button>
          )}
          {staleBase !== null && editor.mayEdit && (
            <Button size="xs" loading={busy} onClick={() => void take(staleBase)}>
              Take it into my draft
            </Button>
          )}
          <Action onClick={() => setClosed(version)}>{staleBase === null ? "Close" : "Later"}</Action>
        </>
      }
    >
      <b>
        {who} {what}
        {note === "" ? "." : ":"}
      </b>{" "}
      {note}
      <span className={classes.second}>{staleBase === null ? "It is what you see now." : `Your draft stands on version ${staleBase} still.`}</span>
    </Notice>
  );
}
