import type { Json, Step } from "@drawbridge/playbook";
import { Button, SegmentedControl } from "@mantine/core";
import { SkipForward } from "lucide-react";
import { useState } from "react";
import { JsonField } from "../form/JsonField.tsx";
import classes from "./DryRunPanel.module.css";
import type { DryRunControl } from "./use-dry-run.ts";

type Named = { readonly [key: string]: Json };

/** Whether a step does work outside, which a dry run can do otherwise or leave out. */
const works = (step: Step | undefined) => step?.kind === "action" || step?.kind === "script" || step?.kind === "call";
const isNamed = (value: Json | undefined): value is Named => typeof value === "object" && value !== null && !Array.isArray(value);

/** At a breakpoint: another input for the step, an output in place of its work, or nothing at all. */
export function AtStop({ id, step, control }: { id: string; step: Step | undefined; control: DryRunControl }) {
  const [what, setWhat] = useState<"input" | "output">("input");
  const [output, setOutput] = useState<Json | undefined>(undefined);
  const given = control.view?.states.get(id)?.input;
  const [input, setInput] = useState<Json | undefined>(given);
  if (!works(step)) return null;
  const name = step?.name ?? id;
  const usable = what === "input" ? isNamed(input) : output !== undefined;
  const use = () => {
    if (what === "output" && output !== undefined) void control.decide(id, { output }, `${name} will return what you gave`);
    if (what === "input" && isNamed(input)) void control.decide(id, { input }, `${name} will be given your input`);
  };
  return (
    <section className={classes.ask} aria-label={`Decide for ${name}`}>
      <h3>Before {name}</h3>
      <SegmentedControl
        aria-label="Give it"
        data={[
          { value: "input", label: "Another input" },
          { value: "output", label: "An output instead" },
        ]}
        value={what}
        onChange={(next) => setWhat(next === "output" ? "output" : "input")}
      />
      {what === "input" ? (
        <JsonField label="Input" value={input} lines={4} onChange={setInput} />
      ) : (
        <JsonField label="Output" value={output} lines={4} help="The step does nothing and returns this." onChange={setOutput} />
      )}
      <div className={classes.buttons}>
        <Button size="xs" variant="default" disabled={control.busy || !usable} onClick={use}>
          Use it
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<SkipForward size={13} aria-hidden />}
          disabled={control.busy}
          onClick={() => void control.decide(id, { output: null }, `${name} will be skipped`).then(control.stepOver)}
        >
          Skip it
        </Button>
      </div>
    </section>
  );
}
