import { type ReferenceKind, withReferences } from "@drawbridge/formats";
import type { Playbook } from "@drawbridge/playbook";
import { Button, Group, NativeSelect, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Cable, type LucideIcon, Workflow, Zap } from "lucide-react";
import { useState } from "react";
import { call } from "../api/call.ts";
import { catalogQuery } from "../api/catalog.ts";
import { countText } from "../shared/format.ts";
import classes from "./ImportDialog.module.css";
import { copyId, type ImportTask } from "./import-documents.ts";

type Unresolved = ImportTask["plan"]["unresolved"][number];
type Chosen = { readonly [Kind in ReferenceKind]: { readonly [id: string]: string } };
type Taken = { readonly use: "copy"; readonly id: string } | { readonly use: "there" };

/** Goes through what is taken and what is not here, before anything is saved. */
export function ImportAssistant({
  task,
  busy,
  onBack,
  onImport,
}: {
  task: ImportTask;
  busy: boolean;
  onBack: () => void;
  onImport: (playbooks: readonly Playbook[], root: string) => void;
}) {
  const { plan } = task;
  const taken = plan.playbooks.filter((each) => each.taken);
  const [decided, setDecided] = useState<{ readonly [id: string]: Taken }>(() => Object.fromEntries(taken.map(({ id }) => [id, { use: "copy", id: copyId(id) }])));
  const [chosen, setChosen] = useState<Chosen>({ action: {}, connection: {}, playbook: {} });
  const choose = (kind: ReferenceKind, id: string, value: string | null) =>
    setChosen((old) => {
      const { [id]: _gone, ...others } = old[kind];
      return { ...old, [kind]: value === null ? others : { ...others, [id]: value } };
    });
  const ready = () => {
    const copies = Object.fromEntries(Object.entries(decided).flatMap(([id, each]) => (each.use === "copy" ? [[id, each.id]] : [])));
    const wanted = task.playbooks.filter(({ id }) => decided[id]?.use !== "there");
    const made = wanted.map((playbook) => withReferences(playbook, { ...chosen, playbook: { ...chosen.playbook, ...copies } }));
    onImport(
      made.map((playbook, index) => (playbook.id === wanted[index]?.id ? playbook : { ...playbook, name: `${playbook.name} (copy)`.slice(0, 120) })),
      copies[task.root] ?? task.root,
    );
  };
  const count = plan.playbooks.length - Object.values(decided).filter(({ use }) => use === "there").length;
  const left = plan.unresolved.filter(({ kind, id }) => chosen[kind][id] === undefined).length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ready();
      }}
    >
      {taken.length > 0 && (
        <section className={classes.part} aria-labelledby="import-taken">
          <h3 id="import-taken">{countText(taken.length, "id is", "ids are")} taken</h3>
          <ul className={classes.rows}>
            {taken.map(({ id, name }) => {
              const decision = decided[id];
              return (
                <li key={id} className={classes.line}>
                  <Named icon={Workflow} name={name} id={id} />
                  {plan.playbooks.length > 1 && (
                    <NativeSelect
                      aria-label={`What to do with ${id}`}
                      data={[
                        { value: "copy", label: "Import as a copy" },
                        { value: "there", label: "Use the one that is here" },
                      ]}
                      value={decision?.use ?? "copy"}
                      onChange={(event) => setDecided({ ...decided, [id]: event.currentTarget.value === "there" ? { use: "there" } : { use: "copy", id: copyId(id) } })}
                    />
                  )}
                  {decision?.use === "copy" && (
                    <TextInput
                      aria-label={`Another id for ${id}`}
                      required
                      maxLength={64}
                      pattern="[a-z0-9]([a-z0-9\-]{0,62}[a-z0-9])?"
                      classNames={{ input: "mono" }}
                      value={decision.id}
                      onChange={(event) => setDecided({ ...decided, [id]: { use: "copy", id: event.currentTarget.value } })}
                    />
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {plan.unresolved.length > 0 && (
        <section className={classes.part} aria-labelledby="import-unresolved">
          <h3 id="import-unresolved">{countText(plan.unresolved.length, "reference is", "references are")} not here</h3>
          <p className="secondary">Choose what stands for each. What is left as it is stays a problem in the draft, and keeps it from being published.</p>
          <ul className={classes.rows}>
            {plan.unresolved.map((each) => (
              <li key={`${each.kind} ${each.id}`} className={classes.line}>
                <Named icon={icons[each.kind]} name={each.id} id={`${words[each.kind]}, ${usedText(each)}`} />
                <Choice reference={each} value={chosen[each.kind][each.id] ?? null} onChange={(value) => choose(each.kind, each.id, value)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Group justify="flex-end" mt="lg">
        <span className="secondary grow" role="status">
          {countText(count, "playbook")}
          {plan.unresolved.length > 0 && (left === 0 ? ", all references resolved" : `, ${countText(left, "reference")} left as it is`)}
        </span>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" loading={busy} disabled={count === 0} data-autofocus>
          Import
        </Button>
      </Group>
    </form>
  );
}

const icons: { readonly [Kind in ReferenceKind]: LucideIcon } = { action: Zap, connection: Cable, playbook: Workflow };
const words: { readonly [Kind in ReferenceKind]: string } = { action: "Action", connection: "Connection", playbook: "Called playbook" };

function usedText({ usedBy, integration }: Unresolved): string {
  const [first] = usedBy;
  const place = first ? `${first.playbook}${first.step === null ? "" : ` › ${first.step}`}` : "";
  const more = usedBy.length > 1 ? ` and ${countText(usedBy.length - 1, "more place")}` : "";
  return `${integration === undefined ? "" : `of ${integration}, `}in ${place}${more}`;
}

function Named({ icon: Icon, name, id }: { icon: LucideIcon; name: string; id: string }) {
  return (
    <span className={classes.named}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className="grow">
        <b>{name}</b>
        <span className="secondary">{id}</span>
      </span>
    </span>
  );
}

/** What may stand for a reference: connections of the same integration, any action, any playbook. */
function Choice({ reference, value, onChange }: { reference: Unresolved; value: string | null; onChange: (value: string | null) => void }) {
  const { kind, id, integration } = reference;
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const connections = useQuery({
    queryKey: ["connections"],
    queryFn: async ({ signal }) => (await call("listConnections", { signal })).data.items,
    enabled: kind === "connection",
  });
  const catalog = useQuery({ ...catalogQuery, enabled: kind === "action" });
  const playbooks = useQuery({
    queryKey: ["playbooks", "to-call", settled],
    queryFn: async ({ signal }) => (await call("listPlaybooks", { query: { search: settled || undefined, sort: "name", limit: 30 }, signal })).data.items,
    enabled: kind === "playbook",
    placeholderData: keepPreviousData,
  });
  const options = {
    connection: (connections.data ?? [])
      .filter((each) => integration === undefined || each.integration === integration)
      .map((each) => ({ value: each.id, label: `${each.name} (${each.id})` })),
    action: (catalog.data?.actions ?? []).map((each) => ({ value: each.name, label: `${each.title} (${each.name})` })),
    playbook: (playbooks.data ?? []).map((each) => ({ value: each.id, label: `${each.name} (${each.id})` })),
  }[kind];
  const known = value === null || options.some((each) => each.value === value) ? options : [...options, { value, label: value }];
  return (
    <Select
      aria-label={`Instead of ${id}`}
      placeholder="Leave it as it is"
      data={known}
      value={value}
      onChange={onChange}
      searchable
      clearable
      limit={100}
      nothingFoundMessage={kind === "connection" ? `No connection${integration === undefined ? "" : ` of ${integration}`} is here` : "Nothing matches"}
      {...(kind === "playbook" && { searchValue: search, onSearchChange: setSearch })}
      className={classes.choice ?? ""}
    />
  );
}
