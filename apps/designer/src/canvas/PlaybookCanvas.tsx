import "@xyflow/react/dist/base.css";
import "./canvas.css";
import type { Playbook } from "@drawbridge/playbook";
import {
  Background,
  BackgroundVariant,
  type Connection,
  ConnectionLineType,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import { type DragEvent, memo, type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { CanvasContext, type CanvasShared, type Detail } from "./canvas-context.ts";
import { boundsOf, type Point } from "./geometry.ts";
import { isLaidOut, layoutOf } from "./layout.ts";
import { type CanvasNode, nodesOf, notePrefix } from "./nodes.ts";
import { NoteNode } from "./NoteNode.tsx";
import { EndNode, StartNode } from "./PillNode.tsx";
import { isDrawnAlike, movedScene, type Scene, type SceneEdge, sceneOf, startId } from "./scene.ts";
import { SideNote } from "./SideNote.tsx";
import { StepNode } from "./StepNode.tsx";
import type { EdgeState, StepProblems, StepView } from "./step-view.ts";
import { WayEdge, type WayEdgeType } from "./WayEdge.tsx";
import { ZoomBar } from "./ZoomBar.tsx";

const nodeTypes = { step: StepNode, end: EndNode, start: StartNode, note: NoteNode, side: SideNote };
const edgeTypes = { way: WayEdge };
const grid: [number, number] = [8, 8];
/** Up to so many steps all are in the page, so that they can be reached by Tab and found. */
const fewSteps = 200;

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
  readonly selectedEdge: string | null;
  readonly onSelectEdge: (edge: SceneEdge | null) => void;
}

/** What a page may ask of the canvas. */
export interface CanvasApi {
  readonly fit: () => void;
  /** Brings a step into view; `gently` moves only when it is outside. */
  readonly show: (id: string, gently?: boolean) => void;
  readonly middle: () => Point;
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
  playbook,
  catalog,
  mode,
  selection,
  onSelect,
  stepViews,
  edgeState,
  problems,
  breakpoints,
  startLabel = "Start",
  startStatus,
  editing,
  onUserMove,
  onOpen,
  barExtra,
  children,
  ref,
}: PlaybookCanvasProps) {
  const flow = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const detail = useStore((state): Detail => (state.transform[2] < 0.35 ? "block" : state.transform[2] < 0.6 ? "title" : "full"));
  const positions = usePositions(playbook);
  const [moves, setMoves] = useState<ReadonlyMap<string, Point> | null>(null);
  useEffect(() => setMoves(null), [playbook.layout, playbook.notes]);
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

  const nodeCache = useRef(new Map<string, { readonly key: readonly unknown[]; readonly node: CanvasNode }>());
  const nodes = useMemo(
    () => nodesOf({ playbook, scene, mode, selection: selected, stepViews, problems, breakpoints, startLabel, startStatus, notePlaces }, nodeCache.current),
    [playbook, scene, mode, selected, stepViews, problems, breakpoints, startLabel, startStatus, notePlaces],
  );
  const edgeCache = useRef(new Map<string, WayEdgeType>());
  const selectedEdge = editing?.selectedEdge ?? null;
  const edges = useMemo(
    () =>
      scene.edges.map((edge): WayEdgeType => {
        const state = edgeState?.(edge.from, edge.way, edge.to);
        const lit = selected.has(edge.from) || selected.has(edge.to) || dropEdge === edge.id;
        const chosen = selectedEdge === edge.id;
        const known = edgeCache.current.get(edge.id);
        if (known?.data && known.data.edge === edge && known.data.state === state && known.data.lit === lit && known.selected === chosen) return known;
        const made: WayEdgeType = {
          id: edge.id,
          type: "way",
          source: edge.from,
          sourceHandle: edge.way,
          target: edge.to,
          targetHandle: "in",
          selected: chosen,
          focusable: false,
          zIndex: state === "taken" || state === "running" || state === "error" || lit || chosen ? 1 : 0,
          data: { edge, state, lit },
        };
        edgeCache.current.set(edge.id, made);
        return made;
      }),
    [scene, edgeState, selected, dropEdge, selectedEdge],
  );
  const edgeById = useMemo(() => new Map(scene.edges.map((edge) => [edge.id, edge])), [scene]);

  const shared = useMemo(
    (): CanvasShared => ({ mode, catalog, detail, insert: editing?.onInsert ?? null, editNote: editing?.onEditNote ?? null }),
    [mode, catalog, detail, editing?.onInsert, editing?.onEditNote],
  );

  const notes = useRef(playbook.notes);
  useEffect(() => {
    notes.current = playbook.notes;
  }, [playbook.notes]);
  const fit = useCallback(
    (duration = 200) => {
      const area = wholeArea(lastScene.current, notes.current);
      const size = box.current?.getBoundingClientRect();
      if (!size || size.width === 0) return;
      const zoom = Math.max(0.05, Math.min(1, (size.width - 96) / Math.max(area.width, 1), (size.height - 48) / Math.max(area.height, 1)));
      void flow.setViewport({ x: size.width / 2 - (area.x + area.width / 2) * zoom, y: Math.max(24, (size.height - area.height * zoom) / 2) - area.y * zoom, zoom }, { duration });
    },
    [flow],
  );
  const open = useCallback(() => {
    const area = wholeArea(lastScene.current, notes.current);
    const size = box.current?.getBoundingClientRect();
    const start = lastScene.current?.start;
    if (!size || !start || size.width === 0) return;
    const whole = Math.min(1, (size.width - 96) / Math.max(area.width, 1), (size.height - 40) / Math.max(area.height, 1));
    if (whole >= 0.62) return fit(0);
    const zoom = 0.8;
    const wide = area.width * zoom > size.width - 64;
    const middle = wide ? start.x + start.width / 2 : area.x + area.width / 2;
    void flow.setViewport({ x: size.width / 2 - middle * zoom, y: 24 - area.y * zoom, zoom });
  }, [fit, flow]);
  const opened = useRef(false);
  /** The step to show, asked for before there was anything to see. */
  const wanted = useRef<string | null>(null);
  const show = useCallback(
    (id: string, gently: boolean) => {
      const rect = lastScene.current?.rects.get(id);
      const size = box.current?.getBoundingClientRect();
      if (!opened.current || !rect || !size) {
        wanted.current = id;
        return;
      }
      const { x, y, zoom } = flow.getViewport();
      const left = rect.x * zoom + x;
      const top = rect.y * zoom + y;
      if (gently && left > 16 && top > 16 && left + rect.width * zoom < size.width - 16 && top + rect.height * zoom < size.height - 16) return;
      void flow.setCenter(rect.x + rect.width / 2, rect.y + rect.height / 2, { zoom: Math.max(zoom, 0.8), duration: 200 });
    },
    [flow],
  );
  const [initialized, setInitialized] = useState(false);
  useEffect(() => {
    if (opened.current || !positions || !initialized) return;
    opened.current = true;
    open();
    if (wanted.current !== null) show(wanted.current, true);
  }, [positions, open, initialized, show]);

  useImperativeHandle(
    ref,
    (): CanvasApi => ({
      fit: () => fit(),
      show: (id, gently = false) => show(id, gently),
      middle: () => {
        const size = box.current?.getBoundingClientRect() ?? new DOMRect();
        return flow.screenToFlowPosition({ x: size.left + size.width / 2, y: size.top + size.height / 2 });
      },
    }),
    [fit, flow, show],
  );

  const onNodesChange = (changes: NodeChange<CanvasNode>[]) => {
    const chosen = new Set(selection);
    let selecting = false;
    const moving = new Map<string, Point>();
    let settled = false;
    for (const change of changes) {
      if (change.type === "select") {
        selecting = true;
        if (change.selected) chosen.add(change.id);
        else chosen.delete(change.id);
      } else if (change.type === "position" && change.position && mode === "edit") {
        moving.set(change.id, { x: Math.round(change.position.x), y: Math.round(change.position.y) });
        if (!change.dragging) settled = true;
      } else if (change.type === "position" && !change.dragging) settled = true;
    }
    if (selecting) onSelect([...chosen]);
    if (moving.size > 0 && !settled) setMoves(new Map([...(moves ?? []), ...moving]));
    if (settled) {
      const all = new Map([...(moves ?? []), ...moving]);
      if (all.size > 0) setMoves(all);
      const steps = new Map([...all].filter(([id]) => !id.startsWith("$")));
      const notes = new Map([...all].flatMap(([id, place]) => (id.startsWith(notePrefix) ? [[id.slice(notePrefix.length), place] as const] : [])));
      if (all.size > 0) editing?.onMove(steps, notes);
    }
  };

  const isValid = (connection: Connection | WayEdgeType) => editing?.canConnect(connection.source, connection.target) ?? false;
  const onConnectEnd = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (!editing || state.isValid || !state.fromNode || state.fromHandle?.type !== "source") return;
    const screen = "changedTouches" in event ? { x: event.changedTouches[0]?.clientX ?? 0, y: event.changedTouches[0]?.clientY ?? 0 } : { x: event.clientX, y: event.clientY };
    const from = state.fromNode.id;
    const way = state.fromHandle.id ?? "next";
    const onto = document.elementFromPoint(screen.x, screen.y)?.closest<HTMLElement>("[data-step-id]")?.dataset["stepId"];
    if (onto === from) return;
    if (onto !== undefined) {
      if (editing.canConnect(from, onto)) editing.onConnect({ from, way, to: onto });
      return;
    }
    editing.onOffer(from, way, flow.screenToFlowPosition(screen), screen);
  };

  const edgeAt = (event: DragEvent): SceneEdge | null => {
    const way = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGGElement>("g[data-to]");
    const { from, way: wayId, to } = way?.dataset ?? {};
    return from !== undefined && wayId !== undefined && to !== undefined ? (edgeById.get(`${from} ${wayId} ${to}`) ?? null) : null;
  };

  return (
    <CanvasContext value={shared}>
      <div
        ref={box}
        className="canvas-box"
        data-detail={detail}
        data-mode={mode}
        data-ready={(positions !== null && initialized) || undefined}
        {...(editing && {
          onDragOver: (event: DragEvent) => {
            event.preventDefault();
            event.dataTransfer.dropEffect = "copy";
            setDropEdge(edgeAt(event)?.id ?? null);
          },
          onDragLeave: () => setDropEdge(null),
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            setDropEdge(null);
            editing.onDrop(event.dataTransfer, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), edgeAt(event));
          },
        })}
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onInit={() => setInitialized(true)}
          onNodesChange={onNodesChange}
          onEdgeClick={(_event, edge) => editing?.onSelectEdge(edgeById.get(edge.id) ?? null)}
          onPaneClick={() => {
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
          minZoom={0.05}
          maxZoom={2}
          panOnScroll={false}
          zoomOnDoubleClick={false}
          elevateNodesOnSelect={false}
          onlyRenderVisibleElements={scene.order.length > fewSteps}
          onMoveStart={(event) => event && onUserMove?.()}
          attributionPosition="bottom-center"
          ariaLabelConfig={ariaLabels}
        >
          <Background variant={BackgroundVariant.Dots} gap={16} size={1.6} />
          <MiniMap
            ariaLabel="Overview"
            pannable
            zoomable
            style={{ width: 128, height: 112 }}
            nodeClassName={(node) => miniClass(node as CanvasNode, selected)}
            nodeBorderRadius={10}
            nodeStrokeWidth={0}
            offsetScale={8}
          />
          <ZoomBar onFit={() => fit()}>{barExtra}</ZoomBar>
        </ReactFlow>
        {children}
      </div>
    </CanvasContext>
  );
}

const wholeArea = (scene: Scene | undefined, notes: Playbook["notes"]) => boundsOf(scene ? [...scene.rects.values(), scene.start, ...Object.values(notes ?? {})] : []);

const ariaLabels = {
  "node.a11yDescription.default": "Press Enter or Space to select. Arrow keys move a selected step while editing.",
  "node.a11yDescription.keyboardDisabled": "Press Enter or Space to select.",
};

function miniClass(node: CanvasNode, selected: ReadonlySet<string>): string {
  if (node.type === "note" || node.type === "side") return "mini-note";
  if (selected.has(node.id)) return "mini-selected";
  const status = node.id === startId ? undefined : (node.data as { view?: StepView }).view?.status;
  return status ? `mini-${status}` : "mini-step";
}

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
