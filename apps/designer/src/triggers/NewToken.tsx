import type { TriggerView } from "@drawbridge/protocol";
import { Button } from "@mantine/core";
import { CopyButton } from "../shared/CopyButton.tsx";
import { HowToCall } from "./HowToCall.tsx";
import classes from "./HowToCall.module.css";

/** A webhook's address with its token, the one time that it is shown. */
export function NewToken({ trigger, token, onClose }: { trigger: TriggerView; token: string; onClose: () => void }) {
  const address = `${window.location.origin}/hooks/${token}`;
  return (
    <div className={classes.stack}>
      <p className="secondary">Copy the address now: whoever has it can start runs, and its token is not shown again. A lost one is replaced by a new one.</p>
      <div className={classes.address}>
        <code className="mono" aria-label="Address">
          {address}
        </code>
        <CopyButton value={address} label="Copy the address" />
      </div>
      <HowToCall trigger={trigger} address={address} />
      <div className={classes.end}>
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </div>
  );
}
