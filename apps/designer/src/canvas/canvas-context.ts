import { createContext } from "react";
import type { EdgeState } from "./step-view.ts";
import { emptyCatalog, type StepCatalog } from "../steps/step-catalog.ts";
import type { SceneEdge } from "./scene.ts";
import type { Point, Rect } from "./geometry.ts";

/** How much of a card is drawn at the zoom of the moment. */
export type Detail = "full" | "title" | "block";

/** What every card and line shares; it changes seldom. */
export interface CanvasShared {
  readonly mode: "edit" | "run";
  readonly catalog: StepCatalog;
  readonly detail: Detail;
  /** Offers what can be put on a connection; only while editing. */
  readonly insert: ((edge: SceneEdge, screen: Point) => void) | null;
  readonly editNote: ((id: string, text: string) => void) | null;
  readonly resizeNote: ((id: string, rect: Rect) => void) | null;
  /** Folds or opens a group, by the id that it has in the document. */
  readonly fold: ((group: string, folded: boolean) => void) | null;
}

export const CanvasContext = createContext<CanvasShared>({ mode: "run", catalog: emptyCatalog, detail: "full", insert: null, editNote: null, resizeNote: null, fold: null });

/** A line's own part. */
export interface WayEdgeData extends Record<string, unknown> {
  readonly edge: SceneEdge;
  readonly state: EdgeState | undefined;
  readonly lit: boolean;
}
