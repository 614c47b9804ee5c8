import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { type Rect, sizeOf } from "../canvas/geometry.ts";
import { PlaybookCanvas } from "../canvas/PlaybookCanvas.tsx";
import type { CanvasApi } from "../canvas/use-view.ts";
import type { StepCatalog } from "../steps/step-catalog.ts";
import { canvasIdOf, type Change, type Comparison } from "./comparison.ts";

/** A step, a note, a group, or the playbook itself. */
type Subject = Pick<Change, "about" | "id">;

/** Brings what a change is about into view. */
export type Reveal = (subject: Subject) => void;

/** Both versions in one drawing, each step and line marked with what became of it. */
export function CompareCanvas({
  comparison,
  catalog,
  current,
  onCurrent,
  reveal,
}: {
  comparison: Comparison;
  catalog: StepCatalog;
  current: Subject | null;
  /** A change was chosen on the canvas. */
  onCurrent: (key: string) => void;
  reveal: RefObject<Reveal | null>;
}) {
  const canvas = useRef<CanvasApi>(null);
  const { united, changes, kindOf, edgeKind } = comparison;
  const keys = useMemo(() => new Map(changes.map((change) => [canvasIdOf(change), change.key])), [changes]);
  const id = current && canvasIdOf(current);
  const selection = useMemo(() => (id === null ? [] : [id]), [id]);
  const choose = useCallback(
    (ids: readonly string[]) => {
      const key = keys.get(ids.at(-1) ?? "");
      if (key !== undefined) onCurrent(key);
    },
    [keys, onCurrent],
  );
  const hold = useCallback(
    (api: CanvasApi | null) => {
      canvas.current = api;
      reveal.current = api && ((subject) => show(subject, comparison, api));
    },
    [comparison, reveal],
  );
  const first = useRef(current);
  useEffect(() => {
    if (first.current) reveal.current?.(first.current);
  }, [reveal]);
  return (
    <PlaybookCanvas
      ref={hold}
      playbook={united}
      catalog={catalog}
      mode="run"
      selection={selection}
      onSelect={choose}
      changeOf={kindOf}
      edgeState={edgeKind}
      startLabel={united.triggers?.length ? "Alert raised" : "Start"}
    />
  );
}

function show({ about, id }: Subject, { united }: Comparison, canvas: CanvasApi): void {
  if (about === "step") return canvas.show(id);
  const note = about === "note" ? united.notes?.[id] : undefined;
  const members = about === "group" ? (united.groups?.[id]?.steps ?? []) : [];
  const places = members.flatMap((step): Rect[] => {
    const [place, each] = [united.layout?.[step], united.steps[step]];
    return place && each ? [{ ...place, ...sizeOf(each) }] : [];
  });
  canvas.fitTo(note ? [note] : places);
}
