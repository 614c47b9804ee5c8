import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call } from "../../api/call.ts";
import { ChangeSummary } from "../../compare/ChangeSummary.tsx";
import { compare } from "../../compare/comparison.ts";
import { versionQuery } from "../../compare/use-compared.ts";
import { ErrorState } from "../../shared/ErrorState.tsx";
import { notifyDone } from "../../shared/notify.ts";
import { ProblemNote } from "../../shared/ProblemNote.tsx";
import { SkeletonRows } from "../../shared/SkeletonRows.tsx";
import dialogs from "../dialogs.module.css";
import { useEditor } from "../editor-context.ts";
import { ComparisonLink } from "./ComparisonLink.tsx";
import classes from "./Versions.module.css";

/** Says what rolling back will do, asks why, and publishes the earlier version anew. */
export function RollBackDialog({
  version,
  live,
  newest,
  onClose,
  onDone,
}: {
  version: number;
  live: number;
  /** The highest version number that was given. */
  newest: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const { id, catalog, store, autosave } = useEditor();
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const now = useQuery(versionQuery(id, live));
  const then = useQuery(versionQuery(id, version));
  const comparison = useMemo(() => (now.data && then.data ? compare(now.data.playbook, then.data.playbook, catalog) : null), [now.data, then.data, catalog]);
  const failed = now.error ?? then.error;
  const rollBack = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (!(await autosave.flush())) return setProblem(autosave.problem);
      const { data } = await call("rollBack", { params: { id }, body: { version, over: live, note: note.trim() } });
      if (!data.draft) store.getState().adopt(data.playbook, `roll back to v${version}`, true);
      autosave.resume(data);
      void queries.invalidateQueries({ queryKey: ["playbooks"] });
      void queries.invalidateQueries({ queryKey: ["playbook", id, "versions"] });
      notifyDone(`v${data.version} is live, with what v${version} was`);
      store.getState().say(`Rolled back: version ${data.version} is live, with what version ${version} was`);
      onDone();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={`Roll back to v${version}`} size="md">
      <Stack gap={12}>
        <p className={dialogs.text}>
          v{version} is published anew as v{newest + 1} and takes the place of v{live}. New runs use it at once; runs that are under way keep the version that they began with.
          Drafts stay as they are.
        </p>
        {failed ? (
          <ErrorState error={failed} />
        ) : comparison === null ? (
          <SkeletonRows rows={2} what="both versions" />
        ) : comparison.changes.length === 0 ? (
          <p className={dialogs.text}>
            v{version} and v{live} are the same; there is nothing to roll back.
          </p>
        ) : (
          <ChangeSummary
            comparison={comparison}
            action={
              <ComparisonLink from={live} to={version} className={classes.link}>
                See all of it
              </ComparisonLink>
            }
          />
        )}
        {problem !== null && <ProblemNote error={problem} />}
        <Textarea
          label="Why"
          description="Stands in the history as the note of the new version."
          required
          autosize
          minRows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={busy} disabled={note.trim() === "" || !comparison || comparison.changes.length === 0} onClick={() => void rollBack()}>
            Roll back to v{version}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
