import { serializePlaybook } from "@drawbridge/playbook";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { CloudOff, History, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { notifyDone, notifyProblem } from "../shared/notify.ts";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import classes from "./DraftBanner.module.css";
import { useEditor, useEditorState } from "./editor-context.ts";
import type { Kept } from "./kept-edits.ts";
import { keptEdits } from "./kept-edits.ts";

/** What stands between the person's edits and the server: a stale version, no connection, or edits kept from before a crash. */
export function DraftBanner({ kept, onLoaded }: { kept: Kept | null; onLoaded: (live: number | null) => void }) {
  const { id, store, autosave } = useEditor();
  const saved = useEditorState((state) => state.saved);
  const [offer, setOffer] = useState(kept);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const doing = (work: () => Promise<void>) => async () => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const loadTheirs = doing(async () => {
    const { data } = await call("getDraft", { params: { id } });
    store.getState().reset(data.playbook);
    autosave.resume(data.etag);
    onLoaded(data.live);
  });
  const replaceTheirs = doing(async () => {
    const { data } = await call("getDraft", { params: { id } });
    autosave.resume(data.etag, store.getState().playbook);
    onLoaded(data.live);
  });
  const keepCopy = doing(async () => {
    const mine = store.getState().playbook;
    const copy = { ...mine, id: `${mine.id.slice(0, 50)}-mine-${Date.now().toString(36)}`, name: `${mine.name.slice(0, 100)} (mine)` };
    const { data } = await call("createPlaybook", { body: copy });
    keptEdits(id, window.localStorage).clear();
    notifyDone(`Kept as "${copy.name}"`);
    await navigate({ to: "/playbooks/$id", params: { id: data.playbook.id } });
  });

  if (saved.kind === "stale")
    return (
      <div className={classes.banner} data-tone="fail" role="alert">
        <TriangleAlert size={16} aria-hidden />
        <p>
          <b>Someone else changed this draft.</b> Your edits are kept in this browser and are not sent until you choose.
        </p>
        <Button size="xs" variant="default" disabled={busy} onClick={() => void loadTheirs()}>
          Load theirs
        </Button>
        <Button size="xs" variant="default" disabled={busy} onClick={() => void keepCopy()}>
          Keep mine as a copy
        </Button>
        <Button size="xs" variant="default" disabled={busy} onClick={() => void replaceTheirs()}>
          Replace theirs with mine
        </Button>
      </div>
    );
  if (saved.kind === "failed")
    return (
      <div className={classes.banner} data-tone="wait" role="alert">
        <CloudOff size={16} aria-hidden />
        <p>
          <b>{saved.problem.title}.</b> {saved.problem.detail} Your edits are kept in this browser. <code>{saved.problem.code}</code>
        </p>
        <Button size="xs" variant="default" onClick={() => void autosave.flush()}>
          Try again
        </Button>
      </div>
    );
  if (offer)
    return (
      <div className={classes.banner} data-tone="accent" role="status">
        <History size={16} aria-hidden />
        <p>
          <b>Edits that were not saved</b> are kept here from <RelativeTime at={offer.at} />.{offer.etag !== autosave.etag && " The draft was changed since then."}
        </p>
        <Button
          size="xs"
          onClick={() => {
            store.getState().replace(offer.playbook, "restore unsaved edits");
            setOffer(null);
          }}
        >
          {offer.etag === autosave.etag ? "Restore them" : "Restore them over it"}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            download(`${id}-unsaved.json`, serializePlaybook(offer.playbook));
          }}
        >
          Download
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            keptEdits(id, window.localStorage).clear();
            setOffer(null);
          }}
        >
          Discard
        </Button>
      </div>
    );
  return null;
}

/** Gives the person a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
