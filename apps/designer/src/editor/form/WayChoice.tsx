import { type Playbook, type Step, waysOf } from "@drawbridge/playbook";
import { ActionIcon, Select } from "@mantine/core";
import { ArrowRight, X } from "lucide-react";
import { memo, useMemo, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Connected } from "../../canvas/PlaybookCanvas.tsx";
import { startId } from "../../canvas/scene.ts";
import { StepTile } from "../../steps/StepTile.tsx";
import { useEditor, useEditorState, useStep } from "../editor-context.ts";
import { connect, connectable, disconnect } from "../step-edits.ts";
import classes from "./WayChoice.module.css";

/** Where one way leads, and a control that lets it lead to one more: the keyboard's road to connecting. */
export const WayChoice = memo(function WayChoice({ from, way, label, quiet = false }: { from: string; way: string; label: string; quiet?: boolean }) {
  const { store, mayEdit } = useEditor();
  const next = useEditorState(useShallow((state) => nextOf(state.playbook, from, way)));
  const [open, setOpen] = useState(false);
  const playbook = useEditorState((state) => (open ? state.playbook : null));
  const others = useMemo(() => (playbook ? connectable(playbook, from) : []), [playbook, from]);
  return (
    <div className={classes.way} role="group" aria-label={label ? `Way out: ${label}` : "Way out"}>
      {label && !quiet && <span className={classes.label}>{label}</span>}
      {next.map((to) => (
        <Target key={to} edge={{ from, way, to }} />
      ))}
      {mayEdit && (
        <Select
          aria-label={label ? `Connect ${label} to` : "Connect to"}
          placeholder={next.length === 0 ? "Connect to…" : "Also connect to…"}
          data={others.filter(([id]) => !next.includes(id)).map(([id, each]: [string, Step]) => ({ value: id, label: each.name }))}
          value={null}
          searchable
          selectFirstOptionOnChange
          clearable={false}
          limit={200}
          onDropdownOpen={() => setOpen(true)}
          onDropdownClose={() => setOpen(false)}
          nothingFoundMessage="No other step can follow here"
          onChange={(to) => {
            if (to === null) return;
            const { playbook: current, apply, say } = store.getState();
            const problem = apply([connect(current, { from, way, to })], { title: "connect" });
            if (problem === null) say(`${current.steps[from]?.name ?? "Start"} connected to ${current.steps[to]?.name ?? to}`);
          }}
        />
      )}
    </div>
  );
});

function nextOf(playbook: Playbook, from: string, way: string): readonly string[] {
  if (from === startId) return playbook.start;
  const step = playbook.steps[from];
  return step ? (waysOf(step).find((each) => each.id === way)?.next ?? []) : [];
}

/** A step that a way leads to: to go there, or to disconnect. */
function Target({ edge }: { edge: Connected }) {
  const { store, catalog, mayEdit } = useEditor();
  const step = useStep(edge.to);
  const name = step?.name ?? edge.to;
  return (
    <div className={classes.target}>
      <ArrowRight size={14} aria-hidden />
      <button type="button" className={classes.jump} onClick={() => store.getState().select([edge.to])}>
        {step && <StepTile step={step} catalog={catalog} size={20} />}
        <span className="cut">{name}</span>
      </button>
      {mayEdit && (
        <ActionIcon
          size="sm"
          aria-label={`Disconnect ${name}`}
          onClick={() => {
            const { playbook, apply, say } = store.getState();
            if (apply([disconnect(playbook, edge)], { title: "disconnect" }) === null) say(`${name} disconnected`);
          }}
        >
          <X size={13} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
