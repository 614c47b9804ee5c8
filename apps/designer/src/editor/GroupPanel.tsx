import { ActionIcon, Button } from "@mantine/core";
import { waysOf } from "@drawbridge/playbook";
import { ArrowDownToLine, ArrowUpFromLine, X } from "lucide-react";
import { StepTile } from "../steps/StepTile.tsx";
import { useEditor, usePlaybook } from "./editor-context.ts";
import { DraftInput } from "./form/DraftInput.tsx";
import classes from "./GroupPanel.module.css";

/** A group: its name, what goes in and out, and its steps. */
export function GroupPanel({ id, fold, dissolve }: { id: string; fold: () => void; dissolve: () => void }) {
  const { store, catalog, mayEdit } = useEditor();
  const playbook = usePlaybook();
  const group = playbook.groups?.[id];
  if (!group) return null;
  const inside = new Set(group.steps);
  const name = (step: string) => playbook.steps[step]?.name ?? step;
  const ways = Object.entries(playbook.steps).flatMap(([from, step]) => waysOf(step).flatMap((way) => way.next.map((to) => ({ from, label: way.label, to }))));
  const into = [
    ...playbook.start.filter((to) => inside.has(to)).map((to) => ({ from: "Start", label: "", to: name(to) })),
    ...ways.filter(({ from, to }) => !inside.has(from) && inside.has(to)).map(({ from, label, to }) => ({ from: name(from), label, to: name(to) })),
  ];
  const out = ways.filter(({ from, to }) => inside.has(from) && !inside.has(to)).map(({ from, label, to }) => ({ from: name(from), label, to: name(to) }));
  return (
    <fieldset className={classes.panel} disabled={!mayEdit}>
      <h2 className="cut">{group.name}</h2>
      <DraftInput
        label="Name"
        required
        value={group.name}
        commit={(text) => store.getState().apply([{ type: "update-group", params: { id, name: text } }], { merge: `group:${id}`, title: "rename group" })}
      />
      {mayEdit && (
        <div className={classes.row}>
          <Button variant="default" onClick={fold}>
            {group.folded ? "Open" : "Fold"}
          </Button>
          <Button variant="default" onClick={dissolve}>
            Dissolve
          </Button>
        </div>
      )}
      <Ways title="Goes in" icon={ArrowDownToLine} ways={into} none="Nothing leads into this group." />
      <Ways title="Goes out" icon={ArrowUpFromLine} ways={out} none="Nothing leads out of this group." />
      <h3>Steps</h3>
      <ul className={classes.steps} aria-label="Steps of the group">
        {group.steps.map((each) => {
          const step = playbook.steps[each];
          return (
            step && (
              <li key={each}>
                <button type="button" className={classes.step} onClick={() => store.getState().select([each])}>
                  <StepTile step={step} catalog={catalog} size={20} />
                  <span className="cut">{step.name}</span>
                </button>
                {mayEdit && (
                  <ActionIcon
                    size="sm"
                    aria-label={`Take ${step.name} out of the group`}
                    onClick={() => store.getState().apply([{ type: "update-group", params: { id, remove: [each] } }], { title: "take out of group" })}
                  >
                    <X size={13} aria-hidden />
                  </ActionIcon>
                )}
              </li>
            )
          );
        })}
      </ul>
    </fieldset>
  );
}

function Ways({
  title,
  icon: Icon,
  ways,
  none,
}: {
  title: string;
  icon: typeof ArrowDownToLine;
  ways: readonly { readonly from: string; readonly label: string; readonly to: string }[];
  none: string;
}) {
  return (
    <>
      <h3>
        <Icon size={13} strokeWidth={2} aria-hidden data-out={title === "Goes out" || undefined} /> {title}
      </h3>
      {ways.length === 0 && <p className="muted">{none}</p>}
      <ul className={classes.ways} aria-label={title}>
        {ways.map(({ from, label, to }, index) => (
          <li key={index}>
            {from}
            {label && <em> {label}</em>} → {to}
          </li>
        ))}
      </ul>
    </>
  );
}
