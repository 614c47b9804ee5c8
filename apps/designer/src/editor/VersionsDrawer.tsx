import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { call } from "../api/call.ts";
import { type VersionFacts, versionsQuery } from "../compare/use-compared.ts";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { notifyProblem } from "../shared/notify.ts";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import { VirtualList } from "../shared/VirtualList.tsx";
import { useDraft, useEditor } from "./editor-context.ts";
import { RollBackDialog } from "./versions/RollBackDialog.tsx";
import { VersionPreview } from "./versions/VersionPreview.tsx";
import { VersionRow, versionRowHeight } from "./versions/VersionRow.tsx";
import classes from "./versions/Versions.module.css";

/** The history: every published version, to look at, to compare, to roll back to. */
export function VersionsDrawer({ onClose }: { onClose: () => void }) {
  const { id, store, mayEdit } = useEditor();
  const live = useDraft((state) => state.facts.live);
  const narrow = useIsNarrow();
  const [shown, setShown] = useState<number | null>(null);
  const [rollingBack, setRollingBack] = useState<number | null>(null);
  const versions = useQuery(versionsQuery(id));
  const show = useCallback((version: number) => setShown((old) => (old === version ? null : version)), []);
  const put = useCallback(
    async (version: number) => {
      try {
        const { data } = await call("getVersion", { params: { id, version } });
        store.getState().replace(data.playbook, `restore v${version}`);
        store.getState().say(`v${version} is in the draft`);
        onClose();
      } catch (error) {
        notifyProblem(error);
      }
    },
    [id, store, onClose],
  );
  const putNow = useCallback((version: number) => void put(version), [put]);
  const preview = shown !== null && <VersionPreview version={shown} onClose={() => setShown(null)} />;
  return (
    <Drawer
      opened
      onClose={onClose}
      closeOnEscape={rollingBack === null}
      position="right"
      size={narrow ? "100%" : shown === null ? 460 : "min(1240px, 100%)"}
      title="Versions"
      classNames={{ body: classes.body ?? "" }}
    >
      {!(narrow && preview) && (
        <div className={classes.list}>
          {versions.error && <ErrorState error={versions.error} retry={() => void versions.refetch()} />}
          {versions.isPending && <SkeletonRows height={versionRowHeight} what="the versions" />}
          {versions.data?.length === 0 && <EmptyState title="Nothing is published yet">Publish the draft to make the first version.</EmptyState>}
          {versions.data && versions.data.length > 0 && (
            <VirtualList<VersionFacts> items={versions.data} keyOf={({ version }) => String(version)} height={versionRowHeight} label="Versions, newest first" more={nothing}>
              {(each) => (
                <VersionRow facts={each} live={each.version === live} shown={each.version === shown} mayEdit={mayEdit} onShow={show} onRollBack={setRollingBack} onPut={putNow} />
              )}
            </VirtualList>
          )}
        </div>
      )}
      {preview}
      {rollingBack !== null && live !== null && (
        <RollBackDialog version={rollingBack} live={live} newest={versions.data?.[0]?.version ?? live} onClose={() => setRollingBack(null)} onDone={() => setRollingBack(null)} />
      )}
    </Drawer>
  );
}

const nothing = (): void => undefined;
