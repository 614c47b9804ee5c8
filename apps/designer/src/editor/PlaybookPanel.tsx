import type { Json, Playbook, PlaybookInput } from "@drawbridge/playbook";
import { ActionIcon, Button, Select, Switch, Tabs, TagsInput, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { operatorDocs } from "@drawbridge/playbook";
import { startId } from "../canvas/scene.ts";
import { type Known, KnownContext } from "./completion/known-context.ts";
import { knownPaths } from "./completion/known-paths.ts";
import { literalOf, literalText } from "./condition/literal-text.ts";
import { useEditor, usePlaybook } from "./editor-context.ts";
import { DraftInput } from "./form/DraftInput.tsx";
import { ExpressionInput } from "./form/ExpressionInput.tsx";
import { Field } from "./form/Field.tsx";
import form from "./form/form.module.css";
import { ValuesField } from "./form/ValuesField.tsx";
import { WayChoice } from "./form/WayChoice.tsx";
import classes from "./Inspector.module.css";
import { once } from "./once.ts";
import { useSettled } from "./use-settled.ts";
import branch from "../steps/BranchList.module.css";
import { PlaybookTriggers } from "../triggers/PlaybookTriggers.tsx";

const types = ["string", "number", "boolean", "object", "array", "any"] as const;
const key = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The playbook as a whole, while no step is selected. */
export function PlaybookPanel() {
  const { store, mayEdit, catalog } = useEditor();
  const playbook = usePlaybook();
  const settled = useSettled(playbook);
  const known = useMemo(
    (): Known => ({ paths: once(() => knownPaths(settled, null, catalog)), operators: operatorDocs, problems: [], values: null, readOnly: !mayEdit, kept: new Map() }),
    [settled, catalog, mayEdit],
  );
  const details = (params: { readonly [key: string]: Json }, word: string) =>
    store.getState().apply([{ type: "set-playbook-details", params }], { merge: word, title: "change details" });
  return (
    <KnownContext value={known}>
      <header className={classes.head}>
        <div className="grow">
          <h2 className={classes.name}>Playbook</h2>
          <p className={classes.facts}>
            <span className="mono">{playbook.id}</span>·<span>{Object.keys(playbook.steps).length} steps</span>
          </p>
        </div>
      </header>
      <Tabs defaultValue="details" className={classes.tabs} keepMounted={false}>
        <Tabs.List px={16}>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          <Tabs.Tab value="inputs">Inputs and outputs</Tabs.Tab>
          <Tabs.Tab value="triggers">Triggers</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <DraftInput label="Name" required value={playbook.name} commit={(name) => details({ name }, "playbook-name")} />
            <DraftInput label="Description" lines={3} value={playbook.description ?? ""} commit={(description) => details({ description }, "playbook-description")} />
            <TagsInput
              label="Tags"
              value={playbook.tags ?? []}
              placeholder={playbook.tags?.length ? "" : "Type and press Enter"}
              onChange={(tags) => details({ tags }, "playbook-tags")}
            />
            <Field label="Begins with">
              <WayChoice from={startId} way="start" label="" />
            </Field>
          </fieldset>
        </Tabs.Panel>
        <Tabs.Panel value="inputs" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <Inputs playbook={playbook} />
            <Outputs playbook={playbook} />
          </fieldset>
        </Tabs.Panel>
        <Tabs.Panel value="triggers" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <Triggers playbook={playbook} />
          </fieldset>
          <PlaybookTriggers playbook={playbook.id} />
        </Tabs.Panel>
      </Tabs>
    </KnownContext>
  );
}

function freeKey(taken: readonly string[], base: string): string {
  for (let count = 1; ; count += 1) if (!taken.includes(`${base}${count}`)) return `${base}${count}`;
}

function Inputs({ playbook }: { playbook: Playbook }) {
  const { store } = useEditor();
  const inputs = playbook.inputs ?? [];
  const put = (next: readonly PlaybookInput[], merge?: string) =>
    store.getState().apply([{ type: "set-inputs", params: { inputs: next as unknown as Json } }], { title: "change inputs", ...(merge !== undefined && { merge }) });
  const replace = (index: number, patch: { readonly [Key in keyof PlaybookInput]?: PlaybookInput[Key] | undefined }) => {
    const next = inputs.map((each, at) =>
      at === index ? (Object.fromEntries(Object.entries({ ...each, ...patch }).filter(([, value]) => value !== undefined)) as unknown as PlaybookInput) : each,
    );
    return put(next, `input:${index}:${Object.keys(patch).join()}`);
  };
  return (
    <Field label="Inputs" help="Read as {{ input.key }}.">
      <div className={form.rows}>
        {inputs.map((input, index) => (
          <section key={index} className={branch.branch} aria-label={`Input ${input.key}`}>
            <div className={branch.head}>
              <DraftInput
                label="Key"
                mono
                value={input.key}
                commit={(text) => {
                  if (!key.test(text)) return "A letter, then letters, digits or _.";
                  if (inputs.some((each, at) => at !== index && each.key === text)) return "Another input has this key.";
                  return replace(index, { key: text });
                }}
              />
              <ActionIcon size="sm" aria-label={`Remove input ${input.key}`} onClick={() => put(inputs.filter((_, at) => at !== index))}>
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            </div>
            <div className={form.pair}>
              <Select
                label="Type"
                data={[...types]}
                value={input.type}
                allowDeselect={false}
                onChange={(next) => replace(index, { type: types.find((type) => type === next) ?? "any" })}
              />
              <TextInput
                label="Default"
                value={input.default === undefined ? "" : literalText(input.default)}
                onChange={(event) =>
                  replace(index, {
                    default: event.currentTarget.value === "" ? undefined : input.type === "string" ? event.currentTarget.value : literalOf(event.currentTarget.value),
                  })
                }
              />
            </div>
            <TextInput
              aria-label={`Description of ${input.key}`}
              placeholder="What it is"
              value={input.description ?? ""}
              onChange={(event) => replace(index, { description: event.currentTarget.value || undefined })}
            />
            <Switch label="Required" checked={input.required === true} onChange={(event) => replace(index, { required: event.currentTarget.checked ? true : undefined })} />
          </section>
        ))}
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: "flex-start" }}
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() =>
            put([
              ...inputs,
              {
                key: freeKey(
                  inputs.map((each) => each.key),
                  "input",
                ),
                type: "string",
              },
            ])
          }
        >
          Add an input
        </Button>
      </div>
    </Field>
  );
}

function Outputs({ playbook }: { playbook: Playbook }) {
  const { store } = useEditor();
  const outputs = playbook.outputs ?? [];
  const put = (next: NonNullable<Playbook["outputs"]>, merge?: string) =>
    store.getState().apply([{ type: "set-outputs", params: { outputs: next as unknown as Json } }], { title: "change outputs", ...(merge !== undefined && { merge }) });
  return (
    <Field label="Outputs" help="What a run gives, and a call of this playbook returns.">
      <div className={form.rows}>
        {outputs.map((output, index) => (
          <section key={index} className={branch.branch} aria-label={`Output ${output.key}`}>
            <div className={branch.head}>
              <DraftInput
                label="Key"
                mono
                value={output.key}
                commit={(text) => {
                  if (!key.test(text)) return "A letter, then letters, digits or _.";
                  if (outputs.some((each, at) => at !== index && each.key === text)) return "Another output has this key.";
                  return put(
                    outputs.map((each, at) => (at === index ? { ...each, key: text } : each)),
                    `output:${index}`,
                  );
                }}
              />
              <ActionIcon size="sm" aria-label={`Remove output ${output.key}`} onClick={() => put(outputs.filter((_, at) => at !== index))}>
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            </div>
            <ExpressionInput
              label={`Value of ${output.key}`}
              value={typeof output.value === "string" ? output.value : JSON.stringify(output.value)}
              onChange={(text) =>
                put(
                  outputs.map((each, at) => (at === index ? { ...each, value: text.includes("{{") ? text : literalOf(text) } : each)),
                  `output-value:${index}`,
                )
              }
            />
          </section>
        ))}
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: "flex-start" }}
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() =>
            put([
              ...outputs,
              {
                key: freeKey(
                  outputs.map((each) => each.key),
                  "output",
                ),
                value: "",
              },
            ])
          }
        >
          Add an output
        </Button>
      </div>
    </Field>
  );
}

function Triggers({ playbook }: { playbook: Playbook }) {
  const { store, catalog } = useEditor();
  const triggers = playbook.triggers ?? [];
  const put = (next: NonNullable<Playbook["triggers"]>) =>
    store.getState().apply([{ type: "set-triggers", params: { triggers: next as unknown as Json } }], { title: "change triggers" });
  const inputKeys = (playbook.inputs ?? []).map((input) => input.key);
  return (
    <Field label="Alerts" help="A run starts for each new alert of the connection. {{ alert.… }} names what the alert holds.">
      <div className={form.rows}>
        {triggers.map((trigger, index) => (
          <section key={index} className={branch.branch} aria-label={`Trigger ${index + 1}`}>
            <div className={branch.head}>
              <Select
                label="Alerts of"
                data={catalog.connections.map((each) => ({ value: each.id, label: each.name }))}
                value={trigger.connection}
                allowDeselect={false}
                onChange={(next) => next !== null && put(triggers.map((each, at) => (at === index ? { ...each, connection: next } : each)))}
              />
              <ActionIcon size="sm" aria-label={`Remove trigger ${index + 1}`} onClick={() => put(triggers.filter((_, at) => at !== index))}>
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            </div>
            <ValuesField
              label="Inputs from the alert"
              keyWord="input"
              fixedKeys={inputKeys}
              value={trigger.inputs}
              onChange={(inputs) => put(triggers.map((each, at) => (at === index ? { ...each, inputs: { ...inputs } } : each)))}
            />
          </section>
        ))}
        <Button
          size="xs"
          variant="default"
          style={{ alignSelf: "flex-start" }}
          leftSection={<Plus size={13} aria-hidden />}
          disabled={catalog.connections.length === 0}
          onClick={() =>
            put([...triggers, { kind: "alert", connection: catalog.connections[0]?.id ?? "", inputs: inputKeys[0] === undefined ? {} : { [inputKeys[0]]: "{{ alert.id }}" } }])
          }
        >
          Add an alert trigger
        </Button>
      </div>
    </Field>
  );
}
