import "@xyflow/react/dist/base.css";
import "./canvas.css";
import type { Playbook } from "@drawbridge/playbook";
import {
  type Connection,
  ConnectionLineType,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  ViewportPortal,
} from "@xyflow/react";
import { type DragEvent, memo, type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { CanvasContext, type CanvasShared, type Detail } from "./canvas-context.ts";
import { Dots } from "./Dots.tsx";
import { blocksOf, linesOf } from "./far-drawing.ts";
import { FarLayer } from "./FarLayer.tsx";
import { boundsOf, type Point, type Rect } from "./geometry.ts";
import { GroupNode } from "./GroupNode.tsx";
import { groupPrefix, movesOfSteps, unfolded } from "./groups.ts";
import { type Guide, snapTo } from "./guides.ts";
import { edgeAt } from "./hit.ts";
import { isLaidOut, layoutOf } from "./layout.ts";
import { type CanvasNode, nodesOf, notePrefix } from "./nodes.ts";
import { NoteNode } from "./NoteNode.tsx";
import { Overview } from "./Overview.tsx";
import { EndNode, StartNode } from "./PillNode.tsx";
import { isDrawnAlike, movedScene, type Scene, type SceneEdge, sceneOf } from "./scene.ts";
import { SideNote } from "./SideNote.tsx";
import { StepNode } from "./StepNode.tsx";
import type { ChangeKind, EdgeState, StepProblems, StepView } from "./step-view.ts";
import { useCrispZoom } from "./use-crisp-zoom.ts";
import { useEdges } from "./use-edges.ts";
import { useFarPointer } from "./use-far-pointer.ts";
import { useInView } from "./use-in-view.ts";
import { type CanvasApi, leastZoom, useView } from "./use-view.ts";
import { WayEdge, type WayEdgeType } from "./WayEdge.tsx";
import { ZoomBar } from "./ZoomBar.tsx";

const nodeTypes = { "end-of-way": Unseen, step: StepNode, end: EndNode, start: StartNode, note: NoteNode, side: SideNote, "group-of-steps": GroupNode };
function Unseen() {
  return null;
}
const edgeTypes = { way: WayEdge };
const grid: [number, number] = [8, 8];
/** Up to so many steps all are in the page, so that they can be reached by Tab and found. */
const fewSteps = 200;
/** Of more steps, nearer than this each is an element, further out all are one painting. */
const farZoom = 0.5;
/** How near, in pixels, something dragged must be to a line to stand on it. */
const guideReach = 8;
/** How near to a connection, in pixels, something must be dropped to go on it. */
const dropReach = 16;

/** One connection by its ends. */
export type Connected = Pick<SceneEdge, "from" | "way" | "to">;

/** What editing needs from the canvas; absent while a run is shown. */
export interface CanvasEditing {
  readonly onMove: (steps: ReadonlyMap<string, Point>, notes: ReadonlyMap<string, Point>) => void;
  readonly canConnect: (from: string, to: string) => boolean;
  readonly onConnect: (edge: Connected) => void;
  /** A way was dragged into empty space: offer what can follow there. */
  readonly onOffer: (from: string, way: string, at: Point, screen: Point) => void;
  /** The plus on a connection was pressed. */
  readonly onInsert: (edge: SceneEdge, screen: Point) => void;
  /** Something was dropped from outside, on a connection or on the canvas. */
  readonly onDrop: (data: DataTransfer, at: Point, edge: SceneEdge | null) => void;
  readonly onEditNote: (id: string, text: string) => void;
  readonly onResizeNote: (id: string, rect: Rect) => void;
  readonly onFold: (group: string, folded: boolean) => void;
  readonly selectedEdge: string | null;
  readonly onSelectEdge: (edge: SceneEdge | null) => void;
}

export interface PlaybookCanvasProps {
  readonly playbook: Playbook;
  readonly catalog: StepCatalog;
  readonly mode: "edit" | "run";
  readonly selection: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly stepViews?: ((id: string) => StepView | undefined) | undefined;
  readonly edgeState?: ((from: string, way: string, to: string) => EdgeState | undefined) | undefined;
  readonly problems?: ReadonlyMap<string, StepProblems> | undefined;
  readonly breakpoints?: ReadonlySet<string> | undefined;
  readonly changeOf?: ((id: string) => ChangeKind | undefined) | undefined;
  readonly startLabel?: string | undefined;
  readonly startStatus?: StepView["status"] | undefined;
  readonly editing?: CanvasEditing | undefined;
  /** The person moved the view: following stops. */
  readonly onUserMove?: (() => void) | undefined;
  readonly onOpen?: ((id: string) => void) | undefined;
  /** More for the bar at the bottom left. */
  readonly barExtra?: ReactNode;
  /** Floating over the canvas. */
  readonly children?: ReactNode;
  readonly ref?: Ref<CanvasApi>;
}

/** A playbook as a graph: to edit, or to watch a run. */
export const PlaybookCanvas = memo(function PlaybookCanvas(props: PlaybookCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
});

function Canvas({
  playbook: document,
  catalog,
  mode,
  selection,
  onSelect,
  stepViews,
  edgeState,
  problems,
  breakpoints,
  changeOf,
  startLabel = "Start",
  startStatus,
  editing,
  onUserMove,
  onOpen,
  barExtra,
  children,
  ref,
}: PlaybookCanvasProps) {
  // What is running is seen whole; only what is being built is drawn folded.
  const seesFolded = mode === "edit" && stepViews === undefined;
  const playbook = useMemo(() => (seesFolded ? document : unfolded(document)), [seesFolded, document]);
  const flow = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const many = Object.keys(playbook.steps).length > fewSteps;
  const far = useStore((state) => many && state.transform[2] < farZoom);
  const detail = useStore((state): Detail => (state.transform[2] < 0.35 ? "block" : state.transform[2] < 0.6 ? "title" : "full"));
  const positions = usePositions(playbook);
  const [moves, setMoves] = useState<ReadonlyMap<string, Point> | null>(null);
  useEffect(() => setMoves(null), [playbook.layout, playbook.notes]);
  /** The lines of a drag under way; null when nothing is dragged. */
  const [guides, setGuides] = useState<readonly Guide[] | null>(null);
  const [dropEdge, setDropEdge] = useState<string | null>(null);

  const lastScene = useRef<Scene | undefined>(undefined);
  const drawn = useRef<{ readonly playbook: Playbook; readonly positions: typeof positions; readonly startLabel: string } | undefined>(undefined);
  const still = useMemo(() => {
    const before = drawn.current;
    drawn.current = { playbook, positions, startLabel };
    if (lastScene.current && before?.positions === positions && before.startLabel === startLabel && isDrawnAlike(before.playbook, playbook)) return lastScene.current;
    const scene = sceneOf(playbook, positions ?? {}, startLabel, lastScene.current);
    lastScene.current = scene;
    return scene;
  }, [playbook, positions, startLabel]);
  const scene = useMemo(() => (moves ? movedScene(still, playbook, moves) : still), [still, playbook, moves]);
  const selected = useMemo(() => new Set(selection), [selection]);
  const notePlaces = useMemo(
    () => new Map([...(moves ?? [])].flatMap(([id, place]) => (id.startsWith(notePrefix) ? [[id.slice(notePrefix.length), place] as const] : []))),
    [moves],
  );

  const inView = useInView(scene, many, far);
  const nodeCache = useRef(new Map<string, { readonly key: readonly unknown[]; readonly node: CanvasNode }>());
  const nodes = useMemo(
    () => nodesOf({ playbook, scene, mode, selection: selected, stepViews, problems, breakpoints, changeOf, startLabel, startStatus, notePlaces, inView }, nodeCache.current),
    [playbook, scene, mode, selected, stepViews, problems, breakpoints, changeOf, startLabel, startStatus, notePlaces, inView],
  );
  const edges = useEdges(scene, inView, selected, edgeState, dropEdge, editing?.selectedEdge ?? null);
  const edgeById = useMemo(() => new Map(scene.edges.map((edge) => [edge.id, edge])), [scene]);

  const shared = useMemo(
    (): CanvasShared => ({
      mode,
      catalog,
      detail,
      insert: editing?.onInsert ?? null,
      editNote: editing?.onEditNote ?? null,
      resizeNote: editing?.onResizeNote ?? null,
      fold: seesFolded ? (editing?.onFold ?? null) : null,
    }),
    [mode, catalog, detail, seesFolded, editing?.onInsert, editing?.onEditNote, editing?.onResizeNote, editing?.onFold],
  );

  const notes = useMemo((): Rect[] => Object.entries(playbook.notes ?? {}).map(([id, note]) => ({ ...note, ...notePlaces.get(id) })), [playbook.notes, notePlaces]);
  const [initialized, setInitialized] = useState(false);
  const view = useView(box, lastScene, notes, positions !== null && initialized);
  useImperativeHandle(ref, () => view, [view]);
  useCrispZoom(box);

  const blocks = useMemo(
    () => blocksOf(playbook, scene, catalog, selected, startLabel, stepViews, changeOf),
    [playbook, scene, catalog, selected, startLabel, stepViews, changeOf],
  );
  const lines = useMemo(() => (far ? linesOf(scene, selected, edgeState) : []), [far, scene, selected, edgeState]);
  const seenScene = useRef<Scene | undefined>(undefined);
  useEffect(() => {
    seenScene.current = scene;
  }, [scene]);
  const drop = (all: ReadonlyMap<string, Point>) => {
    if (all.size === 0) return;
    setMoves(all);
    const steps = new Map([...movesOfSteps(all, still.groups, (step) => positions?.[step])].filter(([id]) => !id.startsWith("$")));
    const movedNotes = new Map([...all].flatMap(([id, place]) => (id.startsWith(notePrefix) ? [[id.slice(notePrefix.length), place] as const] : [])));
    editing?.onMove(steps, movedNotes);
  };
  const go = useCallback(
    (id: string) => {
      onSelect([id]);
      view.show(id, true);
    },
    [onSelect, view],
  );
  const zoomIn = useCallback(
    (id: string) => {
      onSelect([id]);
      view.show(id);
      onOpen?.(id);
    },
    [onSelect, view, onOpen],
  );
  const farPointer = useFarPointer(box, seenScene, {
    selection,
    onSelect,
    onOpen: zoomIn,
    onDrag: editing ? (moved, over) => (over ? drop(moved) : setMoves(moved)) : null,
    nameOf: (id) => playbook.steps[id]?.name ?? scene.groups.get(id)?.name,
  });

  /** Puts what is dragged in line with what is near, and shows the lines. */
  const align = (moving: Map<string, Point>) => {
    const rectOf = (id: string) => still.rects.get(id) ?? playbook.notes?.[id.slice(notePrefix.length)];
    const area = boundsOf([...moving].flatMap(([id, at]) => [{ width: 0, height: 0, ...rectOf(id), ...at }]));
    const others = [...still.rects].flatMap(([id, rect]) => (moving.has(id) || !isNear(rect, area) ? [] : [rect]));
    const snapped = snapTo(area, others, guideReach / flow.getZoom());
    setGuides(snapped.guides);
    for (const [id, at] of moving) moving.set(id, { x: Math.round(at.x + snapped.dx), y: Math.round(at.y + snapped.dy) });
  };
  /** The frame of an open group moves by its steps. */
  const unframed = (moving: Map<string, Point>) => movesOfSteps(moving, still.groups, (step) => still.rects.get(step), true);
  const onNodesChange = (changes: NodeChange<CanvasNode>[]) => {
    const chosen = new Set(selection);
    let selecting = false;
    const asked = new Map<string, Point>();
    let settled = false;
    for (const change of changes) {
      if (change.type === "select") {
        selecting = true;
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      } else if (change.type === "position" && change.position && mode === "edit") {
        asked.set(change.id, { x: Math.round(change.position.x), y: Math.round(change.position.y) });
        if (!change.dragging) settled = true;
      } else if (change.type === "position" && !change.dragging) settled = true;
    }
    if (selecting) onSelect([...chosen]);
    const moving = unframed(asked);
    const dragged = moving.size > 0 && (!settled || guides !== null);
    if (dragged) align(moving);
    if (settled) setGuides(null);
    if (moving.size > 0 && !settled) setMoves(new Map([...(moves ?? []), ...moving]));
    if (settled) drop(new Map([...(moves ?? []), ...moving]));
  };

  const isValid = (connection: Connection | WayEdgeType) => editing?.canConnect(connection.source, connection.target) ?? false;
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (!editing || state.isValid || !state.fromNode || state.fromHandle?.type !== "source") return;
    const screen = "changedTouches" in event ? { x: event.changedTouches[0]?.clientX ?? 0, y: event.changedTouches[0]?.clientY ?? 0 } : { x: event.clientX, y: event.clientY };
    const from = state.fromNode.id;
    const way = state.fromHandle.id ?? "next";
    const onto = window.document.elementFromPoint(screen.x, screen.y)?.closest<HTMLElement>("[data-step-id]")?.dataset["stepId"];
    if (onto === from || onto?.startsWith(groupPrefix)) return;
    if (onto !== undefined) {
      if (editing.canConnect(from, onto)) editing.onConnect({ from, way, to: onto });
      return;
    }
    editing.onOffer(from, way, flow.screenToFlowPosition(screen), screen);
  };

  const edgeUnder = (event: DragEvent): SceneEdge | null => edgeAt(scene, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), dropReach / flow.getZoom());

  return (
    <CanvasContext value={shared}>
      <div
        ref={box}
        className="canvas-box"
        data-detail={detail}
        data-mode={mode}
        data-far={far || undefined}
        data-ready={(positions !== null && initialized) || undefined}
        {...(far && farPointer.handlers)}
        {...(editing && {
          onDragOver: (event: DragEvent) => {
            event.preventDefault();
            event.dataTransfer.dropEffect = "copy";
            setDropEdge(edgeUnder(event)?.id ?? null);
          },
          onDragLeave: () => setDropEdge(null),
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            setDropEdge(null);
            editing.onDrop(event.dataTransfer, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), edgeUnder(event));
          },
        })}
      >
        <ReactFlow
          nodes={far ? noNodes : nodes}
          edges={far ? noEdges : edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onInit={() => setInitialized(true)}
          onNodesChange={onNodesChange}
          onEdgeClick={(_event, edge) => editing?.onSelectEdge(edgeById.get(edge.id) ?? null)}
          onPaneClick={(event) => {
            if (far && farPointer.press(event)) return;
            editing?.onSelectEdge(null);
            onSelect([]);
          }}
          onNodeClick={() => editing?.onSelectEdge(null)}
          onNodeDoubleClick={(_event, node) => onOpen?.(node.id)}
          onConnect={(connection) => editing?.onConnect({ from: connection.source, way: connection.sourceHandle ?? "next", to: connection.target })}
          onConnectEnd={onConnectEnd}
          isValidConnection={isValid}
          nodesConnectable={editing !== undefined}
          nodesDraggable={editing !== undefined}
          connectionLineType={ConnectionLineType.SmoothStep}
          connectionRadius={24}
          connectionDragThreshold={3}
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={["Shift", "Control", "Meta"]}
          deleteKeyCode={null}
          snapToGrid={mode === "edit"}
          snapGrid={grid}
          minZoom={leastZoom}
          maxZoom={2}
          panOnScroll={false}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          onMoveStart={(event) => event && onUserMove?.()}
          attributionPosition="bottom-center"
          ariaLabelConfig={ariaLabels}
        >
          <Dots />
          {far && <FarLayer blocks={blocks} lines={lines} notes={notes} active={selection.find((id) => scene.rects.has(id)) ?? scene.order[0] ?? null} onGo={go} onOpen={zoomIn} />}
          {farPointer.frame && (
            <ViewportPortal>
              <div
                className="canvas-frame"
                style={{ transform: `translate(${farPointer.frame.x}px, ${farPointer.frame.y}px)`, width: farPointer.frame.width, height: farPointer.frame.height }}
              />
            </ViewportPortal>
          )}
          {guides && guides.length > 0 && (
            <ViewportPortal>
              {guides.map(({ axis, at, from, to }) => (
                <div
                  key={axis}
                  className="canvas-guide"
                  style={
                    axis === "x"
                      ? { transform: `translate(${at}px, ${from}px)`, width: 1, height: to - from }
                      : { transform: `translate(${from}px, ${at}px)`, width: to - from, height: 1 }
                  }
                />
              ))}
            </ViewportPortal>
          )}
          <Overview blocks={blocks} notes={notes} />
          <ZoomBar onFit={view.fit}>{barExtra}</ZoomBar>
        </ReactFlow>
        {children}
      </div>
    </CanvasContext>
  );
}

const nearBy = 600;
const isNear = (rect: Rect, area: Rect) =>
  rect.x < area.x + area.width + nearBy && area.x - nearBy < rect.x + rect.width && rect.y < area.y + area.height + nearBy && area.y - nearBy < rect.y + rect.height;

const noNodes: CanvasNode[] = [];
const noEdges: WayEdgeType[] = [];

const ariaLabels = {
  "node.a11yDescription.default": "Press Enter or Space to select. Arrow keys move a selected step while editing.",
  "node.a11yDescription.keyboardDisabled": "Press Enter or Space to select.",
};

/** The document's layout, or one made off the main thread when steps have no place yet; null until it is there. */
function usePositions(playbook: Playbook): Readonly<Record<string, Point>> | null {
  const complete = isLaidOut(playbook);
  const [made, setMade] = useState<Record<string, Point> | null>(null);
  useEffect(() => {
    if (complete) return;
    let wanted = true;
    layoutOf(playbook).then(
      (positions) => wanted && setMade(positions),
      () => wanted && setMade({}),
    );
    return () => {
      wanted = false;
    };
  }, [complete, playbook]);
  return useMemo(() => (complete ? (playbook.layout ?? {}) : made ? { ...made, ...playbook.layout } : null), [complete, playbook.layout, made]);
}
