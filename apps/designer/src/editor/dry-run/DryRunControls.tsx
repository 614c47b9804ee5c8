import { Button, Switch } from "@mantine/core";
import { FastForward, RedoDot, RotateCcw, StepForward } from "lucide-react";
import classes from "./DryRunPanel.module.css";
import type { DryRunControl } from "./use-dry-run.ts";

/** The buttons that begin a dry run and move it on. */
export function DryRunControls({ control, onBegin }: { control: DryRunControl; onBegin: (how: "continue" | "step") => void }) {
  const { session, view, busy } = control;
  const ended = view?.halt?.reason === "ended";
  return (
    <div className={classes.controls} role="toolbar" aria-label="Dry run">
      <Button
        size="xs"
        leftSection={<FastForward size={13} aria-hidden />}
        loading={busy}
        disabled={ended}
        title="F8"
        onClick={() => (session ? void control.continue() : onBegin("continue"))}
      >
        {session ? "Continue" : "Run"}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<StepForward size={13} aria-hidden />}
        disabled={busy || ended}
        title="To the next thing that happens"
        onClick={() => (session ? void control.step() : onBegin("step"))}
      >
        Step
      </Button>
      {session && (
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<RedoDot size={13} aria-hidden />}
            disabled={busy || ended}
            title="Until a step is over, called playbooks and all tries of it included (F10)"
            onClick={() => void control.stepOver()}
          >
            Step over
          </Button>
          <Button size="xs" variant="default" leftSection={<RotateCcw size={13} aria-hidden />} disabled={busy} onClick={control.reset}>
            Start over
          </Button>
        </>
      )}
      {!session && <Switch label="Stop at an error" checked={control.haltOnError} onChange={(event) => control.setHaltOnError(event.currentTarget.checked)} />}
    </div>
  );
}
