import { ActionIcon, Menu, Tabs } from "@mantine/core";
import { Copy, CopyPlus, Ellipsis, Eye, PenLine, Trash2 } from "lucide-react";
import { memo, useCallback, useMemo, useState } from "react";
import { type Finding, type Json, operatorDocs, pointerOf, type Step, type StepKind, waysOf } from "@drawbridge/playbook";
import { lookOf } from "../steps/looks.ts";
import { panelOf } from "../steps/panels.ts";
import { StepTile } from "../steps/StepTile.tsx";
import { type FieldProblem, type Known, KnownContext } from "./completion/known-context.ts";
import { knownPaths } from "./completion/known-paths.ts";
import { valuesAt } from "./completion/run-values.ts";
import type { ValueSources } from "./completion/use-value-sources.ts";
import { ValuesFrom } from "./completion/ValuesFrom.tsx";
import { type StepPanelProps, useEditor, usePlaybook } from "./editor-context.ts";
import { FailurePanel } from "./FailurePanel.tsx";
import { DraftInput } from "./form/DraftInput.tsx";
import { Field } from "./form/Field.tsx";
import { WayChoice } from "./form/WayChoice.tsx";
import classes from "./Inspector.module.css";
import { TestPanel } from "./TestPanel.tsx";
import { once } from "./once.ts";
import { useSettled } from "./use-settled.ts";

/** A step's own fields; drawn anew only for what they show, which is not its name. */
const StepPanel = memo(
  function StepPanel({ step, ...props }: StepPanelProps<StepKind>) {
    const Panel = panelOf(step);
    return <Panel step={step} {...props} />;
  },
  (one, other) => one.id === other.id && one.change === other.change && sameButName(one.step, other.step),
);

function sameButName(one: Step, other: Step): boolean {
  const [before, after] = [one, other] as unknown as readonly { readonly [key: string]: unknown }[];
  if (!before || !after) return false;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].every((key) => key === "name" || before[key] === after[key]);
}

const keptBySteps = new WeakMap<object, Map<string, Known["kept"]>>();

/** What the fields of a step had before; as long as the editor is open. */
function keptOf(editor: object, id: string): Known["kept"] {
  const steps = keptBySteps.get(editor) ?? new Map<string, Known["kept"]>();
  keptBySteps.set(editor, steps);
  const kept = steps.get(id) ?? new Map<string, Json>();
  steps.set(id, kept);
  return kept;
}

/** Whether a step has expressions, or a place for one. */
const readsValues = (step: Step) => step.kind !== "section" && step.kind !== "end";

type Tab = "set-up" | "fails" | "test";

/** Everything about one step. */
export function Inspector({
  id,
  step,
  findings,
  sources,
  actions,
}: {
  id: string;
  step: Step;
  findings: readonly Finding[];
  sources: ValueSources;
  actions: { readonly duplicate: () => void; readonly copy: () => void; readonly remove: () => void };
}) {
  const { store, catalog, mayEdit } = useEditor();
  const playbook = useSettled(usePlaybook());
  const [tab, setTab] = useState<Tab>("set-up");
  const { values } = sources;
  const kept = useMemo(() => keptOf(store, id), [store, id]);
  const own = useMemo(() => values && valuesAt(values, id, step), [values, id, step]);
  const problems = useMemo(() => fieldProblems(findings, id), [findings, id]);
  const paths = useMemo(() => once(() => knownPaths(playbook, id, catalog, own ?? null)), [playbook, id, catalog, own]);
  const known = useMemo((): Known => ({ paths, operators: operatorDocs, problems, values: own, readOnly: !mayEdit, kept }), [paths, problems, own, mayEdit, kept]);
  const look = lookOf(step);
  const effect = look.effect(step, catalog);
  const change = useCallback(
    (patch: { readonly [key: string]: unknown }) => {
      const params = Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, value === undefined ? null : (value as Json)]));
      const { apply, say, playbook: current } = store.getState();
      const title = `change ${current.steps[id]?.name ?? id}`;
      const problem = apply([{ type: "update-step", params: { id, patch: params } }], { merge: `step:${id}:${Object.keys(patch).join()}`, title });
      if (problem !== null) say(problem);
    },
    [store, id],
  );
  const plainWays = waysOf(step).filter((way) => way.kind === "next");
  return (
    <KnownContext value={known}>
      <header className={classes.head}>
        <StepTile step={step} catalog={catalog} size={36} />
        <div className="grow">
          <h2 className={`${classes.name} cut`}>{step.name}</h2>
          <p className={classes.facts}>
            <span className="mono">{id}</span>·<span className="cut">{step.kind === "action" ? (catalog.actions.get(step.action)?.title ?? step.action) : look.title}</span>
            {effect && (
              <span className={classes.effect} data-effect={effect}>
                {effect === "changes" ? <PenLine size={12} aria-hidden /> : <Eye size={12} aria-hidden />}
                {effect}
              </span>
            )}
          </p>
        </div>
        {mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size="sm" aria-label="More for this step">
                <Ellipsis size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<CopyPlus size={14} />} onClick={actions.duplicate}>
                Duplicate
              </Menu.Item>
              <Menu.Item leftSection={<Copy size={14} />} onClick={actions.copy}>
                Copy
              </Menu.Item>
              <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={actions.remove}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <Tabs value={tab} onChange={(next) => setTab((next ?? "set-up") as Tab)} className={classes.tabs} keepMounted={false}>
        <Tabs.List px={16}>
          <Tabs.Tab value="set-up">Set up</Tabs.Tab>
          <Tabs.Tab value="fails">When it fails</Tabs.Tab>
          <Tabs.Tab value="test">Test</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="set-up" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <DraftInput
              label="Name"
              required
              value={step.name}
              commit={(name) => store.getState().apply([{ type: "rename-step", params: { id, name } }], { merge: `name:${id}` })}
            />
            {readsValues(step) && <ValuesFrom sources={sources} />}
            <StepPanel key={`${id}/${step.kind}`} id={id} step={step} change={change} />
            {plainWays.map((way) => (
              <Field key={way.id} label="Goes to">
                <WayChoice from={id} way={way.id} label="" />
              </Field>
            ))}
            <More id={id} step={step} change={change} />
          </fieldset>
        </Tabs.Panel>
        <Tabs.Panel value="fails" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <FailurePanel id={id} step={step} change={change} />
          </fieldset>
        </Tabs.Panel>
        <Tabs.Panel value="test" className={classes.body}>
          <TestPanel key={id} id={id} step={step} />
        </Tabs.Panel>
      </Tabs>
    </KnownContext>
  );
}

/** The findings about the step's own fields, by pointer from the step; a missing input is found at the `with` that lacks it. */
function fieldProblems(findings: readonly Finding[], id: string): readonly FieldProblem[] {
  const from = pointerOf(["steps", id]);
  return findings
    .filter((finding) => finding.step === id && finding.severity !== "hint" && finding.pointer.startsWith(`${from}/`))
    .map(({ code, message, severity, pointer, path }) => ({ code, message, severity, pointer: pointer.slice(from.length), ...(path && { path }) }));
}

function More({ id, step, change }: { id: string; step: Step; change: (patch: { readonly [key: string]: unknown }) => void }) {
  const { store } = useEditor();
  return (
    <details className={classes.more}>
      <summary>Description, id and joining</summary>
      <div className={classes.fields}>
        <DraftInput label="Description" lines={2} value={step.description ?? ""} commit={(text) => (change({ description: text === "" ? undefined : text }), null)} />
        <DraftInput
          label="Id"
          mono
          value={id}
          description="Every expression that names it follows."
          commit={(to) => {
            if (to === id) return null;
            if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(to)) return "Lower-case letters, digits and inner hyphens.";
            return store.getState().apply([{ type: "change-step-id", params: { from: id, to } }], { merge: "id", select: [to], title: "change id" });
          }}
        />
        <label className={classes.join}>
          <input type="checkbox" checked={step.join === "any"} onChange={(event) => change({ join: event.currentTarget.checked ? "any" : undefined })} />
          Run at the first way in that arrives, not when all have
        </label>
      </div>
    </details>
  );
}
