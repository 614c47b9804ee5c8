import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Outline } from "../../canvas/Outline.tsx";
import { PlaybookCanvas } from "../../canvas/PlaybookCanvas.tsx";
import { versionQuery } from "../../compare/use-compared.ts";
import { ErrorState } from "../../shared/ErrorState.tsx";
import { RelativeTime } from "../../shared/RelativeTime.tsx";
import { SkeletonRows } from "../../shared/SkeletonRows.tsx";
import { useIsNarrow } from "../../shared/use-is-narrow.ts";
import { useEditor } from "../editor-context.ts";
import classes from "./Versions.module.css";

/** A version as it was published: its note in full, and its steps. */
export function VersionPreview({ version, onClose }: { version: number; onClose: () => void }) {
  const { id, catalog } = useEditor();
  const narrow = useIsNarrow();
  const [selection, setSelection] = useState<readonly string[]>([]);
  const { data, error, refetch } = useQuery(versionQuery(id, version));
  return (
    <section className={classes.preview} aria-label={`Version ${version} as it was published`}>
      <header className={classes.previewHead}>
        {narrow && (
          <Button size="compact-sm" variant="default" leftSection={<ArrowLeft size={14} aria-hidden />} onClick={onClose}>
            All versions
          </Button>
        )}
        <b>v{version}</b>
        {data && (
          <span className="muted">
            {data.by} · <RelativeTime at={data.at} /> · {Object.keys(data.playbook.steps).length} steps
          </span>
        )}
        {data?.note && <p className={classes.wholeNote}>{data.note}</p>}
      </header>
      {error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows what={`version ${version}`} />
      ) : narrow ? (
        <Outline playbook={data.playbook} catalog={catalog} selection={selection} onSelect={setSelection} />
      ) : (
        <div className={classes.stage}>
          <PlaybookCanvas key={version} playbook={data.playbook} catalog={catalog} mode="run" selection={selection} onSelect={setSelection} />
        </div>
      )}
    </section>
  );
}
