import { Button, Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { PlaybookCanvas } from "../canvas/PlaybookCanvas.tsx";
import { Badge } from "../shared/Badge.tsx";
import { EmptyState } from "../shared/EmptyState.tsx";
import { ErrorState } from "../shared/ErrorState.tsx";
import { notifyProblem } from "../shared/notify.ts";
import { RelativeTime } from "../shared/RelativeTime.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { useEditor } from "./editor-context.ts";
import classes from "./dialogs.module.css";

/** Published versions: to look at, and to put back into the draft. */
export function VersionsDrawer({ live, onClose }: { live: number | null; onClose: () => void }) {
  const { id, store, catalog, mayEdit } = useEditor();
  const [shown, setShown] = useState<number | null>(null);
  const versions = useQuery({
    queryKey: ["playbook", id, "versions"],
    queryFn: async ({ signal }) => (await call("listVersions", { params: { id }, query: { limit: 200 }, signal })).data,
  });
  const opened = useQuery({
    queryKey: ["playbook", id, "version", shown],
    queryFn: async ({ signal }) => (await call("getVersion", { params: { id, version: shown ?? 1 }, signal })).data,
    enabled: shown !== null,
    staleTime: Infinity,
  });
  const restore = async (version: number) => {
    try {
      const { data } = await call("getVersion", { params: { id, version } });
      store.getState().replace(data.playbook, `restore v${version}`);
      store.getState().say(`v${version} is in the draft`);
      onClose();
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <Drawer opened onClose={onClose} position="right" size={shown === null ? 420 : 900} title="Versions">
      <div className={classes.versions}>
        <ul className={classes.list}>
          {versions.error && <ErrorState error={versions.error} retry={() => void versions.refetch()} />}
          {versions.isPending && <SkeletonRows what="the versions" />}
          {versions.data?.items.length === 0 && <EmptyState title="Nothing is published yet">Publish the draft to make the first version.</EmptyState>}
          {versions.data?.items.map((each) => (
            <li key={each.version} className={classes.version} data-shown={shown === each.version || undefined}>
              <div className={classes.versionHead}>
                <b>v{each.version}</b>
                {each.version === live && <Badge tone="ok">live</Badge>}
                <span className={classes.by}>
                  {each.by} · <RelativeTime at={each.at} />
                </span>
              </div>
              <p className={classes.text}>{each.note || "No note"}</p>
              <div className={classes.buttons}>
                <Button size="xs" variant="default" onClick={() => setShown(shown === each.version ? null : each.version)}>
                  {shown === each.version ? "Close" : "Look at it"}
                </Button>
                {mayEdit && (
                  <Button size="xs" variant="default" onClick={() => void restore(each.version)}>
                    Put into the draft
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
        {shown !== null && (
          <div className={classes.preview}>
            {opened.error && <ErrorState error={opened.error} />}
            {opened.data && <PlaybookCanvas key={shown} playbook={opened.data.playbook} catalog={catalog} mode="run" selection={[]} onSelect={() => undefined} />}
          </div>
        )}
      </div>
    </Drawer>
  );
}
