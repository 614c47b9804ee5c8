import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ChangeSummary } from "../compare/ChangeSummary.tsx";
import { compare } from "../compare/comparison.ts";
import { versionQuery } from "../compare/use-compared.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./dialogs.module.css";
import { useEditor, usePlaybook } from "./editor-context.ts";
import { ComparisonLink } from "./versions/ComparisonLink.tsx";
import versions from "./versions/Versions.module.css";

/** What publishing the draft will change of the live version, and the way to all of it. */
export function PublishChanges({ live }: { live: number }) {
  const { id, catalog } = useEditor();
  const playbook = usePlaybook();
  const { data, error } = useQuery(versionQuery(id, live));
  const comparison = useMemo(() => data && compare(data.playbook, playbook, catalog), [data, playbook, catalog]);
  if (error) return <ProblemNote error={error} />;
  if (!comparison) return null;
  if (comparison.changes.length === 0) return <p className={classes.text}>Nothing differs from v{live}.</p>;
  return (
    <ChangeSummary
      comparison={comparison}
      action={
        <ComparisonLink from={live} to="draft" className={versions.link}>
          See all of it
        </ComparisonLink>
      }
    />
  );
}
