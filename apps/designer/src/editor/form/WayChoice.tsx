import { type Step, waysOf } from "@drawbridge/playbook";
import { ActionIcon, Select } from "@mantine/core";
import { ArrowRight, X } from "lucide-react";
import { useMemo, useState } from "react";
import { startId } from "../../canvas/scene.ts";
import { StepTile } from "../../steps/StepTile.tsx";
import { useEditor, useEditorState } from "../editor-context.ts";
import { connect, connectable, disconnect } from "../step-edits.ts";
import classes from "./WayChoice.module.css";

/** Where one way leads, and a control that lets it lead to one more: the keyboard's road to connecting. */
export function WayChoice({ from, way, label, quiet = false }: { from: string; way: string; label: string; quiet?: boolean }) {
  const { store, catalog, mayEdit } = useEditor();
  const playbook = useEditorState((state) => state.playbook);
  const step = playbook.steps[from];
  const next = from === startId ? playbook.start : step ? (waysOf(step).find((each) => each.id === way)?.next ?? []) : [];
  const name = (id: string) => playbook.steps[id]?.name ?? id;
  const [open, setOpen] = useState(false);
  const others = useMemo(() => (open ? connectable(playbook, from) : []), [open, playbook, from]);
  return (
    <div className={classes.way} role="group" aria-label={label ? `Way out: ${label}` : "Way out"}>
      {label && !quiet && <span className={classes.label}>{label}</span>}
      {next.map((to) => (
        <div key={to} className={classes.target}>
          <ArrowRight size={14} aria-hidden />
          <button type="button" className={classes.jump} onClick={() => store.getState().select([to])}>
            {playbook.steps[to] && <StepTile step={playbook.steps[to]} catalog={catalog} size={20} />}
            <span className="cut">{name(to)}</span>
          </button>
          {mayEdit && (
            <ActionIcon
              size="sm"
              aria-label={`Disconnect ${name(to)}`}
              onClick={() => {
                if (store.getState().apply([disconnect(playbook, { from, way, to })], { title: "disconnect" }) === null) store.getState().say(`${name(to)} disconnected`);
              }}
            >
              <X size={13} aria-hidden />
            </ActionIcon>
          )}
        </div>
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
            const problem = store.getState().apply([connect(playbook, { from, way, to })], { title: "connect" });
            if (problem === null) store.getState().say(`${step?.name ?? "Start"} connected to ${name(to)}`);
          }}
        />
      )}
    </div>
  );
}
