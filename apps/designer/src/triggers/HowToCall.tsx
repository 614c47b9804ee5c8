import type { TriggerView } from "@drawbridge/protocol";
import { useQuery } from "@tanstack/react-query";
import { inputsQuery } from "../library/playbook-inputs.ts";
import { CopyButton } from "../shared/CopyButton.tsx";
import { curlSample, sampleBody } from "./curl-sample.ts";
import classes from "./HowToCall.module.css";

/** A request that starts a run, to copy, and what else a caller may say. */
export function HowToCall({ trigger, address }: { trigger: TriggerView; address: string }) {
  const declared = useQuery(inputsQuery(trigger.playbook.id));
  const signature = trigger.webhook?.signature ?? null;
  const sample = curlSample(address, signature, sampleBody(trigger.inputs, declared.data?.inputs ?? []));
  return (
    <div className={classes.stack}>
      <div className={classes.sample}>
        <pre aria-label="Sample request" tabIndex={0}>
          {sample}
        </pre>
        <CopyButton value={sample} label="Copy the request" />
      </div>
      <dl className={classes.notes}>
        <dt>Answer</dt>
        <dd>
          202 with the run's id once it is kept; with <code className="mono">?wait=30s</code> (60 s at most) its outputs, or 202 when it takes longer.
        </dd>
        <dt>Once</dt>
        <dd>
          The header <code className="mono">Idempotency-Key</code> makes a repeated request answer with the first one's run.
        </dd>
        {signature && (
          <>
            <dt>Signature</dt>
            <dd>
              <code className="mono">{signature.header}</code> holds HMAC-SHA256 of {signature.timestampHeader === null ? "the raw body" : "time.body"} in hexadecimal, by the
              secret
              {signature.timestampHeader !== null && (
                <>
                  ; <code className="mono">{signature.timestampHeader}</code> the time
                </>
              )}
              .
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
