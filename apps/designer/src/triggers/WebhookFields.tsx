import { Button, NumberInput, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { CopyButton } from "../shared/CopyButton.tsx";
import classes from "./TriggerForm.module.css";

export interface WebhookDraft {
  readonly signed: boolean;
  readonly header: string;
  readonly timestampHeader: string;
  readonly secret: string;
  readonly perMinute: number | string;
}

const header = "[A-Za-z0-9\\-]{1,80}";

/** How a webhook is guarded: signature and rate. */
export function WebhookFields({ value, hasSecret, onChange }: { value: WebhookDraft; hasSecret: boolean; onChange: (value: WebhookDraft) => void }) {
  const [shown, setShown] = useState(false);
  const make = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    onChange({ ...value, secret: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") });
    setShown(true);
  };
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>Guard</legend>
      <Switch
        label="Requests must be signed"
        description="HMAC-SHA256 of the raw body, in hexadecimal; requests with a wrong or missing signature start nothing."
        checked={value.signed}
        onChange={(event) => onChange({ ...value, signed: event.currentTarget.checked })}
      />
      {value.signed && (
        <>
          <div className={classes.pair}>
            <TextInput
              label="Header of the signature"
              required
              pattern={header}
              classNames={{ input: "mono" }}
              value={value.header}
              onChange={(event) => onChange({ ...value, header: event.currentTarget.value })}
            />
            <TextInput
              label="Header of the time"
              placeholder="None"
              pattern={header}
              classNames={{ input: "mono" }}
              value={value.timestampHeader}
              onChange={(event) => onChange({ ...value, timestampHeader: event.currentTarget.value })}
            />
          </div>
          <p className={classes.help}>
            With a header of the time, <code className="mono">time.body</code> is signed and requests more than five minutes old are refused.
          </p>
          <PasswordInput
            label="Secret"
            description={hasSecret ? "Leave it empty to keep the one that is set." : "16 characters or more. It goes in and never comes back: copy it to the sender now."}
            required={!hasSecret}
            minLength={16}
            maxLength={500}
            autoComplete="new-password"
            classNames={{ innerInput: "mono" }}
            visible={shown}
            onVisibilityChange={setShown}
            value={value.secret}
            onChange={(event) => onChange({ ...value, secret: event.currentTarget.value })}
          />
          <div className={classes.examples}>
            <Button size="xs" variant="default" onClick={make}>
              Make a secret
            </Button>
            {value.secret !== "" && <CopyButton value={value.secret} label="Copy the secret" />}
          </div>
        </>
      )}
      <NumberInput
        label="Requests a minute"
        description="More are answered with 429 and Retry-After."
        required
        min={1}
        max={60_000}
        allowDecimal={false}
        value={value.perMinute}
        onChange={(perMinute) => onChange({ ...value, perMinute })}
      />
    </fieldset>
  );
}
