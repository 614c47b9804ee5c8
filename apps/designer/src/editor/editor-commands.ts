import { type Edit, type Finding, serializePlaybook } from "@drawbridge/playbook";
import { anchored } from "../canvas/anchored.ts";
import type { Point } from "../canvas/geometry.ts";
import { groupPrefix } from "../canvas/groups.ts";
import { layoutOf } from "../canvas/layout.ts";
import { notePrefix } from "../canvas/nodes.ts";
import { startId } from "../canvas/scene.ts";
import type { CanvasApi } from "../canvas/use-view.ts";
import { download } from "../shared/download.ts";
import { countText } from "../shared/format.ts";
import { notifyProblem } from "../shared/notify.ts";
import { type Arrangement, arranged, placesOf } from "./arrange.ts";
import { copiedText, pasteEdit, readClipboard, writeClipboard } from "./clipboard.ts";
import type { EditorShared } from "./editor-context.ts";
import type { grouping } from "./group-edits.ts";
import { arrangementWords } from "./ManySelected.tsx";
import { notePlace } from "./note-place.ts";
import type { PaletteItem } from "./palette-item.ts";
import { addAfter, addAt, disconnect, insertOn, newStep, type Placed } from "./step-edits.ts";
import type { ChangeLayout } from "./use-editor-layout.ts";

/** What can be done with the document and its selection, however it is asked for. */
export interface EditorCommands {
  readonly place: (placed: Placed, name: string) => void;
  readonly addFromPalette: (item: PaletteItem) => void;
  readonly move: (steps: ReadonlyMap<string, Point>, notes: ReadonlyMap<string, Point>) => void;
  readonly remove: () => void;
  readonly paste: (text: string) => void;
  readonly pasteFromClipboard: () => Promise<void>;
  readonly duplicate: () => void;
  readonly copy: () => void;
  readonly arrange: (how: Arrangement) => void;
  readonly regroup: (how: typeof grouping) => void;
  readonly fitSelection: () => void;
  readonly tidy: () => Promise<void>;
  readonly addNote: () => void;
  /** Selects and shows the step of a finding, with its inspector. */
  readonly jump: (finding: Pick<Finding, "step">) => void;
  readonly exportJson: () => void;
}

/** The commands of one editor; `canvas` is null while the outline is shown. */
export function editorCommands({ id, store, catalog, mayEdit }: EditorShared, canvas: { readonly current: CanvasApi | null }, change: ChangeLayout): EditorCommands {
  const middle = () => canvas.current?.middle() ?? { x: 0, y: 0 };
  const { say, apply } = store.getState();

  const place: EditorCommands["place"] = (placed, name) => {
    const problem = apply(placed.edits, { select: [placed.id], title: `add ${name}` });
    say(problem ?? `${name} added`);
    if (problem === null) requestAnimationFrame(() => canvas.current?.show(placed.id, true));
  };
  const move: EditorCommands["move"] = (steps, notes) => {
    const edits = [
      ...(steps.size > 0 ? [{ type: "move-steps", params: { positions: Object.fromEntries([...steps].map(([each, at]) => [each, { x: at.x, y: at.y }])) } }] : []),
      ...[...notes].map(([note, at]) => ({ type: "update-note", params: { id: note, x: at.x, y: at.y } })),
    ];
    apply(edits, { merge: `move:${[...steps.keys()].join()}`, title: "move" });
  };
  /** Adds, selects what was not there before, and gives how many that are; null when it was refused. */
  const addAll = (edit: Edit, title: string): number | null => {
    const all = () => {
      const { steps, notes = {} } = store.getState().playbook;
      return [...Object.keys(steps), ...Object.keys(notes).map((note) => notePrefix + note)];
    };
    const before = new Set(all());
    const problem = apply([edit], { title });
    if (problem !== null) return (notifyProblem(new Error(problem)), null);
    const fresh = all().filter((each) => !before.has(each));
    store.getState().select(fresh);
    return fresh.length;
  };
  const paste = (text: string) => {
    const pasted = pasteEdit(store.getState().playbook, text, middle());
    if ("problem" in pasted) return notifyProblem(new Error(pasted.problem));
    const count = addAll(pasted.edit, "paste");
    if (count !== null) say(`${countText(count, "item")} pasted`);
  };
  const copied = () => copiedText(store.getState().playbook, store.getState().selection);

  return {
    place,
    move,
    paste,
    addFromPalette: (item) => {
      if (!mayEdit) return;
      const { playbook, selection, selectedEdge: edge } = store.getState();
      const step = newStep(item, catalog);
      const [chosen] = selection.filter((each) => Object.hasOwn(playbook.steps, each));
      if (edge) return place(insertOn(playbook, step, edge), step.name);
      if (chosen !== undefined && playbook.steps[chosen]?.kind !== "end") return place(addAfter(playbook, step, chosen), step.name);
      if (playbook.start.length === 0) return place(addAfter(playbook, step, startId), step.name);
      place(addAt(playbook, step, middle()), step.name);
    },
    remove: () => {
      const { playbook, selection, selectedEdge: edge } = store.getState();
      if (edge) {
        apply([disconnect(playbook, edge)], { title: "disconnect" });
        return say("Disconnected");
      }
      const edits = selection.map(removalOf).sort((a, b) => Number(b.type === "remove-group") - Number(a.type === "remove-group"));
      if (edits.length === 0) return;
      const problem = apply(edits, { select: [], title: "delete" });
      say(problem ?? `${countText(selection.length, "item")} deleted`);
    },
    duplicate: () => {
      const text = copied();
      if (text !== null) paste(text);
    },
    copy: () => {
      const text = copied();
      if (text !== null) void writeClipboard(text).then(() => say("Copied"), notifyProblem);
    },
    pasteFromClipboard: async () => {
      try {
        paste(await readClipboard());
      } catch (error) {
        notifyProblem(error);
      }
    },
    arrange: (how) => {
      const { playbook, selection } = store.getState();
      const places = placesOf(playbook, selection);
      if (places.size < 2) return say("Select two steps or more to arrange them");
      const moved = [...arranged(places, how)];
      move(new Map(moved.filter(([each]) => !each.startsWith("$"))), new Map(moved.flatMap(([each, at]) => (each.startsWith("$note:") ? [[each.slice(6), at] as const] : []))));
      say(`${arrangementWords[how].title}: ${countText(places.size, "item")}`);
    },
    regroup: (how) => {
      const made = how(store.getState().playbook, store.getState().selection);
      if (!made) return say("Select steps or a group first");
      const problem = apply(made.edits, { select: made.select, title: made.edits[0]?.type.replaceAll("-", " ") ?? "group" });
      say(problem ?? made.said);
    },
    fitSelection: () => {
      const { playbook, selection } = store.getState();
      canvas.current?.fitTo([...placesOf(playbook, selection).values()]);
    },
    tidy: async () => {
      try {
        const before = store.getState().playbook;
        const layout = anchored(await layoutOf(before), before.layout ?? {});
        const moved = Object.entries(layout).filter(([each, at]) => !isAt(before.layout?.[each], at)).length;
        if (moved === 0) return say("Every step is in its place");
        apply([{ type: "set-layout", params: { layout: Object.fromEntries(Object.entries(layout).map(([each, at]) => [each, { x: at.x, y: at.y }])) } }], { title: "tidy up" });
        say(`${countText(moved, "step")} moved`);
        requestAnimationFrame(() => canvas.current?.fit());
      } catch (error) {
        notifyProblem(error);
      }
    },
    addNote: () => {
      const { x, y, width, height } = notePlace(store.getState().playbook, middle());
      const params = { text: "New note", x, y, width, height };
      if (addAll({ type: "add-note", params }, "add note") !== null) say("Note added");
    },
    jump: (finding) => {
      store.getState().select(finding.step === undefined ? [] : [finding.step]);
      if (finding.step !== undefined) canvas.current?.show(finding.step);
      change({ dialog: null, rightFolded: false });
    },
    exportJson: () => download(`${id}.json`, serializePlaybook(store.getState().playbook), "application/json"),
  };
}

const isAt = (was: Point | undefined, is: Point): boolean => was?.x === is.x && was.y === is.y;

/** The edit that takes away what is chosen; a group goes and its steps stay. */
function removalOf(id: string): Edit {
  if (id.startsWith(notePrefix)) return { type: "remove-note", params: { id: id.slice(notePrefix.length) } };
  if (id.startsWith(groupPrefix)) return { type: "remove-group", params: { id: id.slice(groupPrefix.length) } };
  return { type: "remove-step", params: { id } };
}
