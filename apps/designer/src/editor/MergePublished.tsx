import { mergePlaybooks, type Side } from "@drawbridge/playbook";
import { Alert, Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call } from "../api/call.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { countText } from "../shared/format.ts";
import { notifyProblem } from "../shared/notify.ts";
import { ConflictChoices } from "./draft/ConflictChoices.tsx";
import { useEditor, usePlaybook } from "./editor-context.ts";
import classes from "./dialogs.module.css";

/** Brings the version that somebody else published into the draft; asks only where both changed the same. */
export function MergePublished({ onMerged }: { onMerged: () => void }) {
  const { id, store, autosave } = useEditor();
  const mine = usePlaybook();
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
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
  const merge = useMemo(() => sides.data && mergePlaybooks(sides.data.base, mine, sides.data.theirs, choices), [sides.data, mine, choices]);
  const take = async (live: number) => {
    if (!merge) return;
    setBusy(true);
    store.getState().adopt(merge.playbook, `merge v${live}`, false);
    autosave.standOn(live, merge.playbook);
    if (await autosave.flush()) onMerged();
    else if (autosave.problem) notifyProblem(autosave.problem);
    setBusy(false);
  };
  if (sides.error) return <ErrorState error={sides.error} retry={() => void sides.refetch()} />;
  if (!sides.data || !merge) return null;
  const { by, live } = sides.data;
  return (
    <Alert color="iris" title={`${by} published v${live} meanwhile`}>
      <Stack gap={10} align="flex-start">
        <p className={classes.text}>
          {merge.conflicts.length === 0
            ? "What both of you changed fits together; nothing of either is lost."
            : `${countText(merge.conflicts.length, "thing was", "things were")} changed by both. Choose for each; all else is merged.`}
        </p>
        <ConflictChoices conflicts={merge.conflicts} choices={choices} mine="Mine" theirs="Theirs" onChoose={setChoices} />
        <Button size="xs" loading={busy} onClick={() => void take(live)}>
          Merge v{live} into the draft
        </Button>
      </Stack>
    </Alert>
  );
}
