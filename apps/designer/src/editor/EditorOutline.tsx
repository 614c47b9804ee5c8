import type { Playbook } from "@drawbridge/playbook";
import { type KeyboardEvent, useMemo, useState } from "react";
import type { Point } from "../canvas/geometry.ts";
import { groupPrefix } from "../canvas/groups.ts";
import { Outline } from "../canvas/Outline.tsx";
import type { StepProblems, StepView } from "../canvas/step-view.ts";
import type { EditorCommands } from "./editor-commands.ts";
import { useEditor, useEditorState } from "./editor-context.ts";
import classes from "./EditorOutline.module.css";
import { grouping } from "./group-edits.ts";
import { insertBefore } from "./insert-before.ts";
import { moveInFlow } from "./move-in-flow.ts";
import { OutlineTools } from "./OutlineTools.tsx";
import { addAfter, newStep } from "./step-edits.ts";
import type { Offer } from "./use-editor-layout.ts";
import { startId } from "../canvas/scene.ts";

interface Props {
  readonly playbook: Playbook;
  readonly commands: Pick<EditorCommands, "duplicate" | "remove" | "regroup">;
  readonly offer: (offer: Offer) => void;
  readonly problems: ReadonlyMap<string, StepProblems>;
  readonly stepViews?: ((id: string) => StepView | undefined) | undefined;
}

/** The outline with everything that the canvas can do to steps, by keys and by its own toolbar. */
export function EditorOutline({ playbook, commands, offer, problems, stepViews }: Props) {
  const { store, catalog, mayEdit } = useEditor();
  const selection = useEditorState((state) => state.selection);
  const [renaming, setRenaming] = useState<string | null>(null);
  const { duplicate, remove, regroup } = commands;
  const tools = useMemo(() => {
    const current = () => store.getState().playbook;
    const active = () => store.getState().selection.findLast((id) => Object.hasOwn(current().steps, id));
    const name = (id: string) => current().steps[id]?.name ?? id;
    const add = (where: "after" | "before", screen?: Point) => {
      const id = active();
      if (id !== undefined && where === "after" && current().steps[id]?.kind === "end") return store.getState().say(`${name(id)} is an end: nothing can follow it`);
      const title = id === undefined ? "Add a step" : where === "after" ? `What follows ${name(id)}?` : `What goes before ${name(id)}?`;
      offer({
        screen: screen ?? placeOf(id),
        title,
        place: (item) => {
          const step = newStep(item, catalog);
          return where === "before" && id !== undefined ? insertBefore(current(), step, id) : addAfter(current(), step, id ?? startId);
        },
      });
    };
    const move = (later: boolean) => {
      const id = active();
      const edits = id === undefined ? null : moveInFlow(current(), id, later);
      if (id === undefined || !edits) return store.getState().say("It cannot change places there: more than one way is between");
      const problem = store.getState().apply(edits, { select: [id], title: later ? "move later" : "move earlier" });
      store.getState().say(problem ?? `${name(id)} moved ${later ? "later" : "earlier"}`);
    };
    return {
      addAfter: (screen?: Point) => add("after", screen),
      insertBefore: (screen?: Point) => add("before", screen),
      rename: () => setRenaming(store.getState().selection.at(-1) ?? null),
      moveEarlier: () => move(false),
      moveLater: () => move(true),
      connect: () => document.querySelector<HTMLElement>('[aria-label="Inspector"] [aria-label^="Connect"]')?.focus(),
      duplicate,
      group: () => regroup(grouping),
      remove,
    };
  }, [store, catalog, offer, duplicate, remove, regroup]);
  const editing = useMemo(() => {
    const keys: { readonly [key: string]: () => void } = { a: () => tools.addAfter(), i: () => tools.insertBefore(), F2: tools.rename };
    const altKeys: { readonly [key: string]: () => void } = { ArrowUp: tools.moveEarlier, ArrowDown: tools.moveLater };
    return {
      renaming,
      onFold: (group: string, folded: boolean) => {
        store.getState().apply([{ type: "update-group", params: { id: group, folded } }], { select: [groupPrefix + group], title: folded ? "fold" : "open group" });
        store.getState().say(`${store.getState().playbook.groups?.[group]?.name ?? group} ${folded ? "folded" : "opened"}`);
      },
      onRenamed: (id: string, name: string | null) => {
        setRenaming(null);
        if (name === null) return;
        const [type, own] = id.startsWith(groupPrefix) ? (["update-group", id.slice(groupPrefix.length)] as const) : (["rename-step", id] as const);
        const problem = store.getState().apply([{ type, params: { id: own, name } }], { title: "rename" });
        store.getState().say(problem ?? `Renamed to ${name}`);
      },
      onKey: (event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey) return false;
        const run = (event.altKey ? altKeys : keys)[event.key];
        run?.();
        return run !== undefined;
      },
    };
  }, [store, tools, renaming]);
  return (
    <div className={classes.outline}>
      {mayEdit && <OutlineTools tools={tools} playbook={playbook} selection={selection} />}
      <Outline
        playbook={playbook}
        catalog={catalog}
        selection={selection}
        onSelect={store.getState().select}
        problems={problems}
        stepViews={stepViews}
        editing={mayEdit ? editing : undefined}
      />
    </div>
  );
}

/** Where a menu about a row opens: below it. */
function placeOf(id: string | undefined): Point {
  const row = id === undefined ? null : document.querySelector(`[role="tree"] [data-step-id="${CSS.escape(id)}"]`);
  const box = row?.getBoundingClientRect();
  return box ? { x: box.left + 60, y: box.bottom } : { x: window.innerWidth / 2 - 140, y: 160 };
}
