import type { StepState } from "@drawbridge/interpreter";
import type { Json } from "@drawbridge/playbook";
import { Button } from "@mantine/core";
import { Pin, PinOff } from "lucide-react";
import { JsonTree } from "../../shared/JsonTree.tsx";
import { StatusMark } from "../../shared/StatusMark.tsx";
import form from "../form/form.module.css";
import classes from "./DryRunPanel.module.css";

const titles = { input: "Input", output: "Output", explained: "Why" } as const;

/** What went into a step and came out of it. */
export function StepValues({ state, pinned, onPin }: { state: StepState; pinned: boolean; onPin: ((output: Json | undefined) => void) | null }) {
  return (
    <>
      <StatusMark status={state.status} />
      {state.status === "waiting" && <p className={form.help}>Not reached yet.</p>}
      {state.error && (
        <p className={form.error}>
          {state.error.message} ({state.error.code})
        </p>
      )}
      {(["input", "output", "explained"] as const).map((part) => {
        const value = state[part];
        return value === undefined ? null : (
          <div key={part}>
            <p className={classes.heading}>{titles[part]}</p>
            <div className={classes.tree}>
              <JsonTree value={value} label={titles[part]} openTo={2} />
            </div>
          </div>
        );
      })}
      {onPin && state.output !== undefined && (
        <Button
          size="xs"
          variant="default"
          className={classes.own}
          leftSection={pinned ? <PinOff size={13} aria-hidden /> : <Pin size={13} aria-hidden />}
          onClick={() => onPin(pinned ? undefined : state.output)}
        >
          {pinned ? "Unpin the output" : "Use as pinned output"}
        </Button>
      )}
    </>
  );
}
