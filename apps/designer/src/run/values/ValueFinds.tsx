import { formatPath } from "@drawbridge/playbook";
import { useQuery } from "@tanstack/react-query";
import { ProblemNote } from "../../shared/ProblemNote.tsx";
import { CopyPath } from "./CopyPath.tsx";
import { findInSource, type ValueSource } from "./value-source.ts";
import { sizeText } from "./ValueTree.tsx";
import classes from "./values.module.css";

/** Where in a value the words stand: the way there and what stands there. */
export function ValueFinds({ source, named, words }: { source: ValueSource; named: readonly string[] | null; words: string }) {
  const found = useQuery({
    queryKey: ["run", "payload-search", source.kind === "kept" ? source.hash : source.value, words],
    queryFn: ({ signal }) => findInSource(source, words, signal),
    gcTime: 0,
  });
  if (found.error) return <ProblemNote error={found.error} />;
  if (!found.data) return <p className={classes.summary}>Searching …</p>;
  const { matches, complete } = found.data;
  return (
    <>
      <p className={classes.summary} role="status">
        {matches.length === 0 ? "Nothing holds these words." : `${complete ? "" : "The first "}${matches.length.toLocaleString()} found`}
      </p>
      <ul className={classes.finds} aria-label="Found">
        {matches.map(({ path, entry }) => (
          <li key={path.join("\u0000")} className={classes.leaf}>
            <span className={classes.key}>{formatPath(path)}</span>
            <span className={classes.value} data-type={entry.type}>
              {entry.value === undefined || typeof entry.value === "object" ? (entry.type === "null" ? "null" : sizeText(entry)) : String(entry.value)}
            </span>
            {named && <CopyPath path={formatPath([...named, ...path])} />}
          </li>
        ))}
      </ul>
    </>
  );
}
