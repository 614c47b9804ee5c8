import { useCallback, useState } from "react";
import type { Point } from "../canvas/geometry.ts";
import type { PaletteItem } from "./palette-item.ts";
import type { Placed } from "./step-edits.ts";

/** What can follow, offered at a place of the screen. */
export interface Offer {
  readonly screen: Point;
  readonly title: string;
  readonly place: (item: PaletteItem) => Placed;
}

/** What of the editor is open. */
export interface EditorLayout {
  readonly view: "canvas" | "outline";
  readonly leftFolded: boolean;
  readonly rightFolded: boolean;
  readonly dialog: "publish" | "versions" | "import" | "run" | "shortcuts" | null;
  readonly offer: Offer | null;
  readonly dryRunning: boolean;
  readonly backtesting: boolean;
}

/** Opens and closes parts of the editor; the rest stays as it is. */
export type ChangeLayout = (change: Partial<EditorLayout> | ((old: EditorLayout) => Partial<EditorLayout>)) => void;

const first: EditorLayout = { view: "canvas", leftFolded: false, rightFolded: false, dialog: null, offer: null, dryRunning: false, backtesting: false };

/** Which parts of the editor are open, and what changes that. */
export function useEditorLayout(): readonly [EditorLayout, ChangeLayout] {
  const [layout, setLayout] = useState(first);
  const change = useCallback<ChangeLayout>((patch) => setLayout((old) => ({ ...old, ...(typeof patch === "function" ? patch(old) : patch) })), []);
  return [layout, change];
}
