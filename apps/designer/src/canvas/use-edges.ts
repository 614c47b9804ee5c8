import { useMemo, useRef } from "react";
import type { Scene } from "./scene.ts";
import type { EdgeState } from "./step-view.ts";
import type { InView } from "./use-in-view.ts";
import type { WayEdgeType } from "./WayEdge.tsx";

/** Drawn over those that say nothing. */
const raised: ReadonlySet<EdgeState> = new Set(["taken", "running", "error", "added", "removed"]);

/** The connections to draw. One that looks as before keeps its identity, so that nothing of it is drawn again. */
export function useEdges(
  scene: Scene,
  inView: InView | null,
  selected: ReadonlySet<string>,
  edgeState: ((from: string, way: string, to: string) => EdgeState | undefined) | undefined,
  dropEdge: string | null,
  selectedEdge: string | null,
): WayEdgeType[] {
  const cache = useRef(new Map<string, WayEdgeType>());
  return useMemo(
    () =>
      (inView ? scene.edges.filter((edge) => inView.edges.has(edge.id)) : scene.edges).map((edge): WayEdgeType => {
        const state = edgeState?.(edge.from, edge.way, edge.to);
        const lit = selected.has(edge.source) || selected.has(edge.target) || dropEdge === edge.id;
        const chosen = selectedEdge === edge.id;
        const known = cache.current.get(edge.id);
        if (known?.data && known.data.edge === edge && known.data.state === state && known.data.lit === lit && known.selected === chosen) return known;
        const made: WayEdgeType = {
          id: edge.id,
          type: "way",
          source: edge.source,
          sourceHandle: edge.source === edge.from ? edge.way : "out",
          target: edge.target,
          targetHandle: "in",
          selected: chosen,
          focusable: false,
          zIndex: (state && raised.has(state)) || lit || chosen ? 1 : 0,
          data: { edge, state, lit },
        };
        cache.current.set(edge.id, made);
        return made;
      }),
    [scene, inView, edgeState, selected, dropEdge, selectedEdge],
  );
}
