import { mergePlaybooks, type Playbook } from "@drawbridge/playbook";
import { Alert, Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call } from "../api/call.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { countText } from "../shared/format.ts";
import { notifyProblem } from "../shared/notify.ts";
import { useEditor, usePlaybook } from "./editor-context.ts";
import { MergeDialog } from "./merge/MergeDialog.tsx";
import classes from "./dialogs.module.css";

/** Brings the version that somebody else published into the draft: asks only where both changed the same, and shows what comes of it before it is taken. */
export function MergePublished({ onOpened, onMerged }: { onOpened: (open: boolean) => void; onMerged: () => void }) {
  const { id, store, autosave } = useEditor();
  const mine = usePlaybook();
  const [opened, setOpened] = useState(false);
  const [busy, setBusy] = useState(false);
  const sides = useQuery({
    queryKey: ["playbook", id, "published-meanwhile"],
    queryFn: async () => {
      const { data: draft } = await call("getDraft", { params: { id } });
      const [base, live] = [draft.base ?? 1, draft.live ?? 1];
      const versions = await Promise.all([base, live].map(async (version) => (await call("getVersion", { params: { id, version } })).data));
      return { base: versions[0]?.playbook ?? mine, theirs: versions[1]?.playbook ?? mine, by: versions[1]?.by ?? "", live };
    },
    gcTime: 0,
    staleTime: Infinity,
  });
  const three = useMemo(() => sides.data && { base: sides.data.base, mine, theirs: sides.data.theirs }, [sides.data, mine]);
  const conflicts = useMemo(() => (three ? mergePlaybooks(three.base, three.mine, three.theirs).conflicts.length : 0), [three]);
  const open = (next: boolean) => {
    setOpened(next);
    onOpened(next);
  };
  const take = async (merged: Playbook, live: number) => {
    setBusy(true);
    store.getState().adopt(merged, `merge v${live}`, false);
    autosave.standOn(live, merged);
    const saved = await autosave.flush();
    setBusy(false);
    open(false);
    if (saved) onMerged();
    else if (autosave.problem) notifyProblem(autosave.problem);
  };
  if (sides.error) return <ErrorState error={sides.error} retry={() => void sides.refetch()} />;
  if (!sides.data || !three) return null;
  const { by, live } = sides.data;
  return (
    <Alert color="iris" title={`${by} published v${live} meanwhile`}>
      <Stack gap={10} align="flex-start">
        <p className={classes.text}>
          {conflicts === 0
            ? "What both of you changed fits together; nothing of either is lost."
            : `${countText(conflicts, "thing was", "things were")} changed by both, and you choose which is kept. All else is merged.`}
        </p>
        <Button size="xs" onClick={() => open(true)}>
          Merge v{live} into the draft
        </Button>
      </Stack>
      {opened && (
        <MergeDialog
          sides={three}
          words={{ title: `Merge v${live} into my draft`, told: `${by} published v${live} meanwhile.`, theirs: "Theirs", by, take: "Take the merge", leave: "Cancel" }}
          busy={busy}
          onTake={(merged) => void take(merged, live)}
          onClose={() => open(false)}
        />
      )}
    </Alert>
  );
}
