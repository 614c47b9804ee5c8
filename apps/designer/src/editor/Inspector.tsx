import { ActionIcon, Menu, Tabs } from "@mantine/core";
import { Copy, CopyPlus, Ellipsis, Eye, PenLine, Pin, Trash2 } from "lucide-react";
import { memo, type ReactNode, useCallback, useMemo, useState } from "react";
import { type Finding, type Json, operatorDocs, pointerOf, type Step, type StepKind, waysOf } from "@drawbridge/playbook";
import { useShallow } from "zustand/react/shallow";
import { Badge } from "../shared/Badge.tsx";
import { lookOf } from "../steps/looks.ts";
import { panelOf } from "../steps/panels.ts";
import { StepTile } from "../steps/StepTile.tsx";
import { type FieldProblem, type Known, KnownContext } from "./completion/known-context.ts";
import { knownPaths } from "./completion/known-paths.ts";
import { loopsOf, valuesAt } from "./completion/run-values.ts";
import type { ValueSources } from "./completion/use-value-sources.ts";
import { ValuesFrom } from "./completion/ValuesFrom.tsx";
import type { DryRunControl } from "./dry-run/use-dry-run.ts";
import type { EditorCommands } from "./editor-commands.ts";
import { type StepPanelProps, useEditor, useEditorState, useStep } from "./editor-context.ts";
import { FailurePanel } from "./FailurePanel.tsx";
import { DraftInput } from "./form/DraftInput.tsx";
import { Field } from "./form/Field.tsx";
import { WayChoice } from "./form/WayChoice.tsx";
import classes from "./Inspector.module.css";
import { TestPanel } from "./TestPanel.tsx";
import { once } from "./once.ts";
import { useSettledPlaybook } from "./use-settled-playbook.ts";

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
const readsValues = (step: Step | undefined) => step !== undefined && step.kind !== "section" && step.kind !== "end";

type Tab = "set-up" | "fails" | "test";

/** Everything about one step. Its parts follow the document themselves, each what it shows, so that a key in one field draws little anew. */
export const Inspector = memo(function Inspector({
  id,
  findings,
  sources,
  commands,
  dry,
}: {
  id: string;
  findings: readonly Finding[];
  sources: ValueSources;
  commands: EditorCommands;
  dry: DryRunControl;
}) {
  const { store, mayEdit } = useEditor();
  const [tab, setTab] = useState<Tab>("set-up");
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
  return (
    <KnownOfStep id={id} findings={findings} sources={sources}>
      <header className={classes.head}>
        <Heading id={id} />
        {Object.hasOwn(dry.pins, id) && (
          <Badge>
            <Pin size={12} strokeWidth={2} aria-hidden /> Pinned
          </Badge>
        )}
        {mayEdit && <StepMenu commands={commands} />}
      </header>
      <Tabs value={tab} onChange={(next) => setTab((next ?? "set-up") as Tab)} className={classes.tabs} keepMounted={false}>
        <Tabs.List px={16}>
          <Tabs.Tab value="set-up">Set up</Tabs.Tab>
          <Tabs.Tab value="fails">When it fails</Tabs.Tab>
          <Tabs.Tab value="test">Test</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="set-up" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <NameField id={id} />
            <SourcesOfValues id={id} sources={sources} />
            <OwnFields id={id} change={change} />
            <PlainWays id={id} />
            <More id={id} change={change} />
          </fieldset>
        </Tabs.Panel>
        <Tabs.Panel value="fails" className={classes.body}>
          <fieldset className={classes.fields} disabled={!mayEdit}>
            <WithStep id={id}>{(step) => <FailurePanel id={id} step={step} change={change} />}</WithStep>
          </fieldset>
        </Tabs.Panel>
        <Tabs.Panel value="test" className={classes.body}>
          <WithStep id={id}>{(step) => <TestPanel key={id} id={id} step={step} sources={sources} control={dry} />}</WithStep>
        </Tabs.Panel>
      </Tabs>
    </KnownOfStep>
  );
});

/** What the fields of a step know: paths, values, problems. */
function KnownOfStep({ id, findings, sources: { values }, children }: { id: string; findings: readonly Finding[]; sources: ValueSources; children: ReactNode }) {
  const { store, catalog, mayEdit } = useEditor();
  const playbook = useSettledPlaybook();
  const loops = useEditorState(useShallow((state) => loopsOf(state.playbook.steps[id])));
  const kept = useMemo(() => keptOf(store, id), [store, id]);
  const own = useMemo(() => values && valuesAt(values, id, loops), [values, id, loops]);
  const problems = useMemo(() => fieldProblems(findings, id), [findings, id]);
  const paths = useMemo(() => once(() => knownPaths(playbook, id, catalog, own ?? null)), [playbook, id, catalog, own]);
  const known = useMemo((): Known => ({ paths, operators: operatorDocs, problems, values: own, readOnly: !mayEdit, kept }), [paths, problems, own, mayEdit, kept]);
  return <KnownContext value={known}>{children}</KnownContext>;
}

function WithStep({ id, children }: { id: string; children: (step: Step) => ReactNode }) {
  const step = useStep(id);
  return step ? children(step) : null;
}

function Heading({ id }: { id: string }) {
  const { catalog } = useEditor();
  const step = useStep(id);
  if (!step) return null;
  const look = lookOf(step);
  const effect = look.effect(step, catalog);
  return (
    <>
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
    </>
  );
}

const StepMenu = memo(function StepMenu({ commands: { duplicate, copy, remove } }: { commands: EditorCommands }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label="More for this step">
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<CopyPlus size={14} />} onClick={duplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<Copy size={14} />} onClick={copy}>
          Copy
        </Menu.Item>
        <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});

function NameField({ id }: { id: string }) {
  const { store } = useEditor();
  const name = useEditorState((state) => state.playbook.steps[id]?.name ?? "");
  return (
    <DraftInput label="Name" required value={name} commit={(next) => store.getState().apply([{ type: "rename-step", params: { id, name: next } }], { merge: `name:${id}` })} />
  );
}

const SourcesOfValues = memo(function SourcesOfValues({ id, sources }: { id: string; sources: ValueSources }) {
  const reads = useEditorState((state) => readsValues(state.playbook.steps[id]));
  return reads ? <ValuesFrom sources={sources} /> : null;
});

function OwnFields({ id, change }: { id: string; change: StepPanelProps<StepKind>["change"] }) {
  const step = useStep(id);
  return step ? <StepPanel key={`${id}/${step.kind}`} id={id} step={step} change={change} /> : null;
}

const PlainWays = memo(function PlainWays({ id }: { id: string }) {
  const ways = useEditorState(
    useShallow((state) => {
      const step = state.playbook.steps[id];
      return step ? waysOf(step).flatMap((way) => (way.kind === "next" ? [way.id] : [])) : [];
    }),
  );
  return ways.map((way) => (
    <Field key={way} label="Goes to">
      <WayChoice from={id} way={way} label="" />
    </Field>
  ));
});

/** The findings about the step's own fields, by pointer from the step; a missing input is found at the `with` that lacks it. */
function fieldProblems(findings: readonly Finding[], id: string): readonly FieldProblem[] {
  const from = pointerOf(["steps", id]);
  return findings
    .filter((finding) => finding.step === id && finding.severity !== "hint" && finding.pointer.startsWith(`${from}/`))
    .map(({ code, message, severity, pointer, path }) => ({ code, message, severity, pointer: pointer.slice(from.length), ...(path && { path }) }));
}

const More = memo(function More({ id, change }: { id: string; change: (patch: { readonly [key: string]: unknown }) => void }) {
  const { store } = useEditor();
  const description = useEditorState((state) => state.playbook.steps[id]?.description ?? "");
  const joinsAny = useEditorState((state) => state.playbook.steps[id]?.join === "any");
  return (
    <details className={classes.more}>
      <summary>Description, id and joining</summary>
      <div className={classes.fields}>
        <DraftInput label="Description" lines={2} value={description} commit={(text) => (change({ description: text === "" ? undefined : text }), null)} />
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
          <input type="checkbox" checked={joinsAny} onChange={(event) => change({ join: event.currentTarget.checked ? "any" : undefined })} />
          Run at the first way in that arrives, not when all have
        </label>
      </div>
    </details>
  );
});
