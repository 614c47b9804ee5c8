import type { Json } from "@drawbridge/playbook";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { CopyButton } from "../shared/CopyButton.tsx";
import { bytesText } from "../shared/format.ts";
import { JsonTree } from "../shared/JsonTree.tsx";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import classes from "./details.module.css";
import { payloadsIn } from "./payloads-in.ts";

/** A value as a tree, to copy; large parts that the trace only refers to are fetched when asked for. */
export function ValueBlock({ run, label, value }: { run: string; label: string; value: Json | undefined }) {
  const fetched = useMutation({
    mutationFn: async (hash: string) => (await call("getPayload", { params: { id: run, hash } })).data.value,
  });
  if (value === undefined) return <p className="muted">There is none yet.</p>;
  const large = payloadsIn(value);
  return (
    <section className={classes.value}>
      <header className={classes.valueHead}>
        <h3 className={classes.section}>{label}</h3>
        <span className="grow" />
        <CopyButton value={JSON.stringify(value, null, 2)} label={`Copy ${label.toLowerCase()}`} />
      </header>
      <div className={classes.tree}>
        <JsonTree value={value} label={label} openTo={2} />
      </div>
      {large.map(({ hash, bytes, path }) => (
        <Button key={path} variant="default" loading={fetched.isPending && fetched.variables === hash} onClick={() => fetched.mutate(hash)}>
          Load {path === "" ? "all of it" : path}, {bytesText(bytes)}
        </Button>
      ))}
      {fetched.error && <ProblemNote error={fetched.error} />}
      {fetched.data !== undefined && (
        <div className={classes.tree}>
          <JsonTree value={fetched.data} label={`${label}, whole`} openTo={1} />
        </div>
      )}
    </section>
  );
}
