import type { MaskedValue } from "@drawbridge/protocol";
import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { type Answer, call } from "../api/call.ts";
import { download } from "../shared/download.ts";
import { countText, dayAndClockText } from "../shared/format.ts";
import { notifyDone } from "../shared/notify.ts";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { useIsNarrow } from "../shared/use-is-narrow.ts";
import classes from "./SaveScenarioDialog.module.css";
import { tryScenario } from "./try-scenario.ts";

const kinds: { readonly [Kind in MaskedValue["kind"]]: string } = {
  secret: "Secret",
  email: "E-mail",
  name: "Name",
  account: "Account or host",
  address: "IP address",
  phone: "Phone",
};

/** Makes a scenario of the run: shows what is masked, tries it, and keeps it with the playbook or as a file. */
export function SaveScenarioDialog({ detail, onClose }: { detail: Answer<"getRun">; onClose: () => void }) {
  const { run, playbook } = detail;
  const queries = useQueryClient();
  const narrow = useIsNarrow();
  const [name, setName] = useState(`${run.playbook.name}, ${dayAndClockText(run.startedAt)}`.slice(0, 120));
  const [asked] = useDebouncedValue(name.trim(), 400);
  const [keep, setKeep] = useState<readonly string[]>([]);
  const [known, setKnown] = useState<readonly MaskedValue[]>([]);
  const draft = useQuery({
    queryKey: ["run", run.id, "scenario", asked, keep],
    queryFn: async ({ signal }) => {
      const { data } = await call("draftScenario", { params: { id: run.id }, body: { name: asked, keep: [...keep] }, signal });
      setKnown((earlier) =>
        [...data.masked, ...earlier.filter(({ from }) => !data.masked.some((each) => each.from === from))].sort((one, other) => one.from.localeCompare(other.from)),
      );
      return { ...data, problems: await tryScenario(playbook, data.scenario) };
    },
    enabled: asked !== "",
    placeholderData: (earlier) => earlier,
    gcTime: 0,
    retry: false,
  });
  const save = useMutation({
    mutationFn: async () => {
      if (draft.data) await call("saveScenario", { params: { id: run.playbook.id }, body: { scenario: draft.data.scenario, run: run.id } });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["scenarios", run.playbook.id] });
      notifyDone("The scenario is kept with the playbook; its dry run can begin with it.");
      onClose();
    },
  });
  const ready = draft.data !== undefined && !draft.isPlaceholderData && asked === name.trim();
  const toFile = () => download(`${fileName(asked)}.json`, `${JSON.stringify(draft.data?.scenario, null, 2)}\n`, "application/json");
  return (
    <Modal opened onClose={onClose} title="Save as scenario" size="lg" fullScreen={narrow}>
      <div className={classes.body}>
        <p className="secondary">
          A test of the playbook with what this run was given: its input, what its calls came to, and what people answered. It must go the same way again.
        </p>
        <TextInput data-autofocus label="Name" maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {draft.error && <ProblemNote error={draft.error} />}
        {draft.isPending && !draft.error && <p className="muted">Making the scenario and trying it …</p>}
        {draft.data && (
          <>
            <Verdict problems={draft.data.problems} />
            <section aria-label="What is masked">
              <h3 className={classes.head}>{known.length === 0 ? "Nothing to mask was found" : `Masked: ${countText(known.length - keep.length, "value")}`}</h3>
              {known.length > 0 && (
                <div className={classes.scroll} tabIndex={0} role="region" aria-label="Masked values">
                  <table className={classes.table}>
                    <thead>
                      <tr>
                        <th scope="col">Mask</th>
                        <th scope="col">Value</th>
                        <th scope="col">Becomes</th>
                        <th scope="col">Times</th>
                      </tr>
                    </thead>
                    <tbody>
                      {known.map((each) => (
                        <tr key={each.from}>
                          <td>
                            <Checkbox
                              size="xs"
                              aria-label={`Mask ${each.kind === "secret" ? "the secret" : each.from}`}
                              checked={!keep.includes(each.from)}
                              disabled={each.kind === "secret"}
                              onChange={(event) => setKeep(event.currentTarget.checked ? keep.filter((value) => value !== each.from) : [...keep, each.from])}
                            />
                          </td>
                          <td>
                            <span className="mono">{each.kind === "secret" ? "••••••" : each.from}</span>
                            <span className={classes.kind}>{kinds[each.kind]}</span>
                          </td>
                          <td className="mono">{keep.includes(each.from) ? each.from : each.to}</td>
                          <td className="num">{each.times}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
              <p className="muted">
                The same value becomes the same everywhere. What the playbook itself names stays. Texts may hold more than is found; look through the file before you pass it on.
              </p>
            </section>
            {!draft.data.storable && (
              <p className={classes.note}>The run tells of a restricted case: what is kept with the playbook could be read by all, so it can only be downloaded.</p>
            )}
          </>
        )}
        {save.error && <ProblemNote error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="default" disabled={!ready} onClick={toFile}>
            Download
          </Button>
          <Button disabled={!ready || draft.data?.storable === false} loading={save.isPending} onClick={() => save.mutate()}>
            Keep with the playbook
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

function Verdict({ problems }: { problems: readonly string[] }) {
  const [first, ...others] = problems;
  if (first === undefined)
    return (
      <p className={classes.verdict} data-tone="ok" role="status">
        <CircleCheck size={15} aria-hidden /> Tried: it goes the same way as the run.
      </p>
    );
  return (
    <div className={classes.verdict} data-tone="wait" role="status">
      <TriangleAlert size={15} aria-hidden />
      <span>
        Tried: it parts from the run: {first}.{others.length > 0 && ` ${countText(others.length, "further difference")}.`} Keeping a masked value may mend it; it can be saved all
        the same.
      </span>
    </div>
  );
}

const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "") || "scenario";
