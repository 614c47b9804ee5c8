import { type Edit, type Finding, serializePlaybook } from "@drawbridge/playbook";
import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { Command, ListTree, PanelLeftOpen, PanelRightOpen, Search, StickyNote, Waypoints, Workflow } from "lucide-react";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Point } from "../canvas/geometry.ts";
import { groupPrefix } from "../canvas/groups.ts";
import { isLaidOut, layoutOf } from "../canvas/layout.ts";
import { Outline } from "../canvas/Outline.tsx";
import { type CanvasEditing, PlaybookCanvas } from "../canvas/PlaybookCanvas.tsx";
import type { CanvasApi } from "../canvas/use-view.ts";
import { notePrefix } from "../canvas/nodes.ts";
import { edgeId, startId } from "../canvas/scene.ts";
import type { StepProblems } from "../canvas/step-view.ts";
import { countText } from "../shared/format.ts";
import { notifyProblem } from "../shared/notify.ts";
import { usePageTitle } from "../shared/use-page-title.ts";
import { type Arrangement, arranged, arrangements, placesOf } from "./arrange.ts";
import { BacktestDrawer } from "./backtest/BacktestDrawer.tsx";
import { useBacktest } from "./backtest/use-backtest.ts";
import { copiedText, pasteEdit } from "./clipboard.ts";
import { CommandPalette, openCommands } from "./CommandPalette.tsx";
import { useValueSources } from "./completion/use-value-sources.ts";
import { download } from "../shared/download.ts";
import { DraftNotices } from "./draft/DraftNotices.tsx";
import { DryRunPanel } from "./dry-run/DryRunPanel.tsx";
import { useDryRun } from "./dry-run/use-dry-run.ts";
import classes from "./Editor.module.css";
import { useDraft, useEditor, useEditorState, useSelectedStep } from "./editor-context.ts";
import { EditorHeader } from "./EditorHeader.tsx";
import { folding, grouping, ungrouping } from "./group-edits.ts";
import { GroupPanel } from "./GroupPanel.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { Inspector } from "./Inspector.tsx";
import { arrangementWords, ManySelected } from "./ManySelected.tsx";
import { NotePanel } from "./NotePanel.tsx";
import { OfferMenu } from "./OfferMenu.tsx";
import { Palette } from "./Palette.tsx";
import { dragType, type PaletteItem, paletteItems } from "./palette-item.ts";
import { PlaybookPanel } from "./PlaybookPanel.tsx";
import { ProblemsBar } from "./ProblemsBar.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { RunDialog } from "./RunDialog.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { addAfter, addAt, canConnect, connect, disconnect, insertOn, newStep, type Placed } from "./step-edits.ts";
import { problemsByStep, useFindings } from "./use-findings.ts";
import { useProblemAnnouncements } from "./use-problem-announcements.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { VersionsDrawer } from "./VersionsDrawer.tsx";

type Dialog = "publish" | "versions" | "import" | "run" | "shortcuts";
/** From so many steps on the canvas may follow a keystroke a little later. */
const manySteps = 150;
const nothingFound: readonly Finding[] = [];

interface Offer {
  readonly screen: Point;
  readonly title: string;
  readonly place: (item: PaletteItem) => Placed;
}

/** The editor in full: palette, canvas or outline, inspector, problems. */
export function Editor() {
  const { id, store, catalog, mayEdit } = useEditor();
  const playbook = useEditorState((state) => state.playbook);
  const selection = useEditorState((state) => state.selection);
  const selectedEdge = useEditorState((state) => state.selectedEdge);
  const said = useEditorState((state) => state.said);
  const selectedStep = useSelectedStep();
  const [view, setView] = useState<"canvas" | "outline">("canvas");
  const [folded, setFolded] = useState<{ readonly left: boolean; readonly right: boolean }>({ left: false, right: false });
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [dryRunning, setDryRunning] = useState(false);
  const live = useDraft((state) => state.facts.live);
  const dry = useDryRun();
  const backtest = useBacktest();
  const [backtesting, setBacktesting] = useState(false);
  const sources = useValueSources(id, dry, selectedStep !== null);
  const canvas = useRef<CanvasApi>(null);
  const search = useRef<HTMLInputElement>(null);
  usePageTitle(playbook.name);
  useEffect(() => {
    if (isLaidOut(playbook)) return;
    let wanted = true;
    layoutOf(playbook).then((positions) => wanted && store.getState().fillLayout(positions), notifyProblem);
    return () => {
      wanted = false;
    };
  }, [playbook, store]);

  const found = useFindings(playbook, catalog);
  const findings = found ?? nothingFound;
  useProblemAnnouncements(found);
  const lastProblems = useRef<ReadonlyMap<string, StepProblems>>(new Map());
  const problems = useMemo(() => (lastProblems.current = problemsByStep(findings, lastProblems.current)), [findings]);

  const place = useCallback(
    (placed: Placed, name: string) => {
      const problem = store.getState().apply(placed.edits, { select: [placed.id], title: `add ${name}` });
      store.getState().say(problem ?? `${name} added`);
      if (problem === null) requestAnimationFrame(() => canvas.current?.show(placed.id, true));
    },
    [store],
  );
  const addFromPalette = useCallback(
    (item: PaletteItem) => {
      if (!mayEdit) return;
      const current = store.getState().playbook;
      const step = newStep(item, catalog);
      const [chosen] = store.getState().selection.filter((each) => Object.hasOwn(current.steps, each));
      const edge = store.getState().selectedEdge;
      if (edge) return place(insertOn(current, step, edge), step.name);
      if (chosen !== undefined && current.steps[chosen]?.kind !== "end") return place(addAfter(current, step, chosen), step.name);
      if (current.start.length === 0) return place(addAfter(current, step, startId), step.name);
      place(addAt(current, step, canvas.current?.middle() ?? { x: 0, y: 0 }), step.name);
    },
    [store, catalog, mayEdit, place],
  );

  const editing = useMemo(
    (): CanvasEditing => ({
      onMove: (steps, notes) => {
        const edits = [
          ...(steps.size > 0 ? [{ type: "move-steps", params: { positions: Object.fromEntries([...steps].map(([each, at]) => [each, { x: at.x, y: at.y }])) } }] : []),
          ...[...notes].map(([note, at]) => ({ type: "update-note", params: { id: note, x: at.x, y: at.y } })),
        ];
        store.getState().apply(edits, { merge: `move:${[...steps.keys()].join()}`, title: "move" });
      },
      canConnect: (from, to) => canConnect(store.getState().playbook, from, to),
      onConnect: (edge) => {
        const current = store.getState().playbook;
        const problem = store.getState().apply([connect(current, edge)], { title: "connect" });
        store.getState().say(problem ?? `${current.steps[edge.from]?.name ?? "Start"} connected to ${current.steps[edge.to]?.name ?? edge.to}`);
      },
      onOffer: (from, way, at, screen) => setOffer({ screen, title: "What follows?", place: (item) => addAfter(store.getState().playbook, newStep(item, catalog), from, way, at) }),
      onInsert: (edge, screen) => setOffer({ screen, title: "Insert a step", place: (item) => insertOn(store.getState().playbook, newStep(item, catalog), edge) }),
      onDrop: (data, at, edge) => {
        const item = paletteItems(catalog).find((each) => each.key === data.getData(dragType));
        if (!item) return;
        const current = store.getState().playbook;
        const step = newStep(item, catalog);
        place(edge && step.kind !== "end" ? insertOn(current, step, edge) : addAt(current, step, at), step.name);
      },
      onEditNote: (note, text) => void store.getState().apply([{ type: "update-note", params: { id: note, text } }], { merge: `note:${note}`, title: "change note" }),
      onResizeNote: (note, { x, y, width, height }) => void store.getState().apply([{ type: "update-note", params: { id: note, x, y, width, height } }], { title: "resize note" }),
      onFold: (group, folded) => {
        store.getState().apply([{ type: "update-group", params: { id: group, folded } }], { select: [groupPrefix + group], title: folded ? "fold" : "open group" });
        store.getState().say(`${store.getState().playbook.groups?.[group]?.name ?? group} ${folded ? "folded" : "opened"}`);
      },
      selectedEdge: selectedEdge ? edgeId(selectedEdge.from, selectedEdge.way, selectedEdge.to) : null,
      onSelectEdge: (edge) => store.getState().selectEdge(edge && { from: edge.from, way: edge.way, to: edge.to }),
    }),
    [store, catalog, selectedEdge, place],
  );

  const remove = useCallback(() => {
    const { playbook: current, selection: chosen, selectedEdge: edge } = store.getState();
    if (edge) {
      store.getState().apply([disconnect(current, edge)], { title: "disconnect" });
      return store.getState().say("Disconnected");
    }
    const edits = chosen.map(removalOf).sort((a, b) => Number(b.type === "remove-group") - Number(a.type === "remove-group"));
    if (edits.length === 0) return;
    const problem = store.getState().apply(edits, { select: [], title: "delete" });
    store.getState().say(problem ?? `${countText(chosen.length, "item")} deleted`);
  }, [store]);
  const paste = useCallback(
    (text: string) => {
      const pasted = pasteEdit(store.getState().playbook, text, canvas.current?.middle() ?? { x: 0, y: 0 });
      if ("problem" in pasted) return store.getState().say(pasted.problem);
      const all = () => {
        const { steps, notes = {} } = store.getState().playbook;
        return [...Object.keys(steps), ...Object.keys(notes).map((note) => notePrefix + note)];
      };
      const before = new Set(all());
      const problem = store.getState().apply([pasted.edit], { title: "paste" });
      if (problem !== null) return notifyProblem(new Error(problem));
      const fresh = all().filter((each) => !before.has(each));
      store.getState().select(fresh);
      store.getState().say(`${countText(fresh.length, "item")} pasted`);
    },
    [store],
  );
  const duplicate = useCallback(() => {
    const text = copiedText(store.getState().playbook, store.getState().selection);
    if (text !== null) paste(text);
  }, [store, paste]);
  const copy = useCallback(() => {
    const text = copiedText(store.getState().playbook, store.getState().selection);
    if (text !== null) void navigator.clipboard.writeText(text).then(() => store.getState().say("Copied"), notifyProblem);
  }, [store]);
  const arrange = useCallback(
    (how: Arrangement) => {
      const { playbook: current, selection: chosen } = store.getState();
      const places = placesOf(current, chosen);
      if (places.size < 2) return store.getState().say("Select two steps or more to arrange them");
      const moved = [...arranged(places, how)];
      editing.onMove(
        new Map(moved.filter(([each]) => !each.startsWith("$"))),
        new Map(moved.flatMap(([each, at]) => (each.startsWith("$note:") ? [[each.slice(6), at] as const] : []))),
      );
      store.getState().say(`${arrangementWords[how].title}: ${countText(places.size, "item")}`);
    },
    [store, editing],
  );
  const regroup = useCallback(
    (how: typeof grouping) => {
      const made = how(store.getState().playbook, store.getState().selection);
      if (!made) return store.getState().say("Select steps or a group first");
      const problem = store.getState().apply(made.edits, { select: made.select, title: made.edits[0]?.type.replaceAll("-", " ") ?? "group" });
      store.getState().say(problem ?? made.said);
    },
    [store],
  );
  const fitSelection = useCallback(() => {
    const { playbook: current, selection: chosen } = store.getState();
    canvas.current?.fitTo([...placesOf(current, chosen).values()]);
  }, [store]);
  const tidy = useCallback(async () => {
    try {
      const layout = await layoutOf(store.getState().playbook);
      store
        .getState()
        .apply([{ type: "set-layout", params: { layout: Object.fromEntries(Object.entries(layout).map(([each, at]) => [each, { x: at.x, y: at.y }])) } }], { title: "tidy up" });
      store.getState().say("Laid out anew");
      requestAnimationFrame(() => canvas.current?.fit());
    } catch (error) {
      notifyProblem(error);
    }
  }, [store]);
  const addNote = useCallback(() => {
    const at = canvas.current?.middle() ?? { x: 0, y: 0 };
    store.getState().apply([{ type: "add-note", params: { text: "New note", x: Math.round(at.x - 76), y: Math.round(at.y - 40), width: 152, height: 88 } }], { title: "add note" });
  }, [store]);
  const jump = useCallback(
    (finding: Pick<Finding, "step">) => {
      setDialog(null);
      store.getState().select(finding.step === undefined ? [] : [finding.step]);
      if (finding.step !== undefined) canvas.current?.show(finding.step);
      setFolded((old) => ({ ...old, right: false }));
    },
    [store],
  );
  const exportJson = useCallback(() => download(`${id}.json`, serializePlaybook(store.getState().playbook), "application/json"), [id, store]);

  useShortcuts({
    undo: () => mayEdit && store.getState().undo(),
    redo: () => mayEdit && store.getState().redo(),
    remove: () => mayEdit && remove(),
    selectAll: () => store.getState().select(Object.keys(store.getState().playbook.steps)),
    clear: () => (offer ? setOffer(null) : store.getState().select([])),
    duplicate: () => mayEdit && duplicate(),
    copyText: () => copiedText(store.getState().playbook, store.getState().selection),
    cut: () => mayEdit && remove(),
    paste: (text) => mayEdit && paste(text),
    search: () => {
      setFolded((old) => ({ ...old, left: false }));
      requestAnimationFrame(() => search.current?.focus());
    },
    commands: openCommands,
    toggleView: () => setView((old) => (old === "canvas" ? "outline" : "canvas")),
    foldLeft: () => setFolded((old) => ({ ...old, left: !old.left })),
    foldRight: () => setFolded((old) => ({ ...old, right: !old.right })),
    fit: () => canvas.current?.fit(),
    fitSelection,
    arrange: (how) => mayEdit && arrange(how),
    connect: () => document.querySelector<HTMLElement>('[aria-label="Inspector"] [aria-label^="Connect"]')?.focus(),
    group: () => mayEdit && regroup(grouping),
    ungroup: () => mayEdit && regroup(ungrouping),
    fold: () => mayEdit && regroup(folding),
    help: () => setDialog("shortcuts"),
  });

  const deferred = useDeferredValue(playbook);
  const drawn = Object.keys(playbook.steps).length > manySteps ? deferred : playbook;
  const barExtra = useMemo(
    () =>
      mayEdit && (
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<Waypoints size={14} aria-hidden />} onClick={() => void tidy()}>
          Tidy up
        </Button>
      ),
    [mayEdit, tidy],
  );
  const step = selectedStep === null ? undefined : playbook.steps[selectedStep];
  const startLabel = useStartLabel();
  return (
    <div className={classes.editor}>
      <EditorHeader
        live={live}
        dryRunning={dryRunning}
        actions={{
          versions: () => setDialog("versions"),
          backtest: () => setBacktesting(true),
          dryRun: () => {
            setDryRunning(!dryRunning);
            setFolded((old) => ({ ...old, right: false }));
          },
          run: () => setDialog("run"),
          publish: () => setDialog("publish"),
          importJson: () => setDialog("import"),
          exportJson,
          details: () => {
            store.getState().select([]);
            setDryRunning(false);
            setFolded((old) => ({ ...old, right: false }));
          },
          shortcuts: () => setDialog("shortcuts"),
        }}
      />
      <DraftNotices />
      <div className={classes.work}>
        {mayEdit && !folded.left && (
          <SidePanel side="left" label="Palette" name="palette" width={248} least={200} most={360}>
            <Palette onAdd={addFromPalette} searchRef={search} />
          </SidePanel>
        )}
        <div className={classes.middle}>
          <div className={classes.stage}>
            {view === "canvas" ? (
              <PlaybookCanvas
                ref={canvas}
                playbook={drawn}
                catalog={catalog}
                mode="edit"
                selection={selection}
                onSelect={store.getState().select}
                problems={dryRunning && dry.view ? undefined : problems}
                startLabel={startLabel}
                breakpoints={dryRunning ? dry.breakpoints : undefined}
                {...(dryRunning && dry.view ? { stepViews: dry.view.stepViews, edgeState: dry.view.edgeState, startStatus: "succeeded" as const } : {})}
                {...(mayEdit ? { editing } : {})}
                barExtra={barExtra}
              />
            ) : (
              <Outline
                playbook={playbook}
                catalog={catalog}
                selection={selection}
                onSelect={store.getState().select}
                problems={problems}
                {...(dryRunning && dry.view ? { stepViews: dry.view.stepViews } : {})}
              />
            )}
            <div className={classes.views}>
              {mayEdit && folded.left && (
                <Tooltip label="Open the palette">
                  <ActionIcon size="sm" aria-label="Open the palette" onClick={() => setFolded({ ...folded, left: false })}>
                    <PanelLeftOpen size={14} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              )}
              <SegmentedControl
                aria-label="View"
                data={[
                  { value: "canvas", label: <ViewLabel icon={Workflow} text="Canvas" /> },
                  { value: "outline", label: <ViewLabel icon={ListTree} text="Outline" /> },
                ]}
                value={view}
                onChange={(next) => setView(next === "outline" ? "outline" : "canvas")}
              />
            </div>
            <div className={classes.tools}>
              <Tooltip label="Find a step or a command">
                <ActionIcon size="sm" aria-label="Find" onClick={openCommands}>
                  <Search size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
              {mayEdit && view === "canvas" && (
                <Tooltip label="Add a note">
                  <ActionIcon size="sm" aria-label="Add a note" onClick={addNote}>
                    <StickyNote size={14} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              )}
              <button type="button" className={classes.command} onClick={openCommands}>
                <Command size={14} aria-hidden />
                <span className="unseen">Commands</span>
                <kbd>Ctrl K</kbd>
              </button>
              {folded.right && (
                <Tooltip label="Open the inspector">
                  <ActionIcon size="sm" aria-label="Open the inspector" onClick={() => setFolded({ ...folded, right: false })}>
                    <PanelRightOpen size={14} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              )}
            </div>
            {Object.keys(playbook.steps).length === 0 && (
              <div className={classes.empty}>
                <p>This playbook has no steps yet.</p>
                <p className="muted">Drag one from the palette, or press / and type.</p>
              </div>
            )}
          </div>
          <ProblemsBar findings={findings} checking={found === null} onJump={jump} />
        </div>
        {!folded.right && (
          <SidePanel side="right" label="Inspector" name="inspector" width={340} least={280} most={520}>
            {dryRunning ? (
              <DryRunPanel control={dry} onClose={() => setDryRunning(false)} />
            ) : step && selectedStep !== null ? (
              <Inspector key={selectedStep} id={selectedStep} step={step} findings={findings} sources={sources} actions={{ duplicate, copy, remove }} />
            ) : selection.length === 1 && selection[0]?.startsWith(groupPrefix) ? (
              <GroupPanel key={selection[0]} id={selection[0].slice(groupPrefix.length)} fold={() => regroup(folding)} dissolve={() => regroup(ungrouping)} />
            ) : selection.length === 1 && selection[0]?.startsWith(notePrefix) ? (
              <NotePanel key={selection[0]} id={selection[0].slice(notePrefix.length)} copy={copy} remove={remove} />
            ) : selection.length > 1 ? (
              <ManySelected count={selection.length} arrange={arrange} group={() => regroup(grouping)} duplicate={duplicate} remove={remove} mayEdit={mayEdit} />
            ) : (
              <PlaybookPanel />
            )}
          </SidePanel>
        )}
      </div>
      {offer && (
        <OfferMenu
          at={offer.screen}
          title={offer.title}
          onClose={() => setOffer(null)}
          onTake={(item) => {
            setOffer(null);
            place(offer.place(item), item.title);
          }}
        />
      )}
      <CommandPalette
        onAdd={addFromPalette}
        onStep={(each) => jump({ step: each })}
        commands={[
          ...(mayEdit
            ? [
                { label: "Publish", run: () => setDialog("publish") },
                { label: "Backtest against past runs", run: () => setBacktesting(true) },
                { label: "Undo", run: () => store.getState().undo() },
                { label: "Redo", run: () => store.getState().redo() },
                { label: "Tidy up", run: () => void tidy() },
                { label: "Add a note", run: addNote },
                ...(selection.length > 1 ? arrangements.map((how) => ({ label: arrangementWords[how].title, run: () => arrange(how) })) : []),
                ...(selection.length > 0
                  ? [
                      { label: "Group the selection", run: () => regroup(grouping) },
                      { label: "Dissolve the group", run: () => regroup(ungrouping) },
                      { label: "Fold or open the group", run: () => regroup(folding) },
                    ]
                  : []),
                { label: "Import JSON", run: () => setDialog("import" as const) },
              ]
            : []),
          { label: "Dry run", run: () => setDryRunning(true) },
          { label: "Versions", run: () => setDialog("versions") },
          { label: "Export JSON", run: exportJson },
          { label: "Canvas or outline", run: () => setView(view === "canvas" ? "outline" : "canvas") },
          { label: "Fit the whole playbook", run: () => canvas.current?.fit() },
          ...(selection.length > 0 ? [{ label: "Zoom to the selection", run: fitSelection }] : []),
          { label: "Keyboard shortcuts", run: () => setDialog("shortcuts") },
        ]}
      />
      {dialog === "publish" && (
        <PublishDialog
          live={live}
          findings={findings}
          backtest={backtest}
          covered={backtesting}
          onBacktest={() => setBacktesting(true)}
          onClose={() => setDialog(null)}
          onJump={jump}
          onPublished={() => setDialog(null)}
        />
      )}
      {backtesting && <BacktestDrawer control={backtest} onClose={() => setBacktesting(false)} />}
      {dialog === "versions" && <VersionsDrawer onClose={() => setDialog(null)} />}
      {dialog === "import" && <ImportDialog onClose={() => setDialog(null)} />}
      {dialog === "run" && live !== null && <RunDialog live={live} onClose={() => setDialog(null)} />}
      {dialog === "shortcuts" && <ShortcutsDialog onClose={() => setDialog(null)} />}
      <p className="unseen" role="status" aria-live="polite">
        <span key={said.count}>{said.text}</span>
      </p>
    </div>
  );
}

/** The edit that takes away what is chosen; a group goes and its steps stay. */
function removalOf(id: string): Edit {
  if (id.startsWith(notePrefix)) return { type: "remove-note", params: { id: id.slice(notePrefix.length) } };
  if (id.startsWith(groupPrefix)) return { type: "remove-group", params: { id: id.slice(groupPrefix.length) } };
  return { type: "remove-step", params: { id } };
}

function ViewLabel({ icon: Icon, text }: { icon: typeof Workflow; text: string }) {
  return (
    <span className={classes.viewLabel}>
      <Icon size={12} strokeWidth={2} aria-hidden />
      {text}
    </span>
  );
}

/** What the start pill says: which alert starts a run, if one does. */
function useStartLabel(): string {
  const { catalog } = useEditor();
  const trigger = useEditorState((state) => state.playbook.triggers?.[0]);
  if (!trigger) return "Start";
  const integration = catalog.connections.find((each) => each.id === trigger.connection)?.integration ?? trigger.connection;
  const title = catalog.integrations.get(integration)?.title;
  return title ? `${title} alert raised` : "Alert raised";
}
