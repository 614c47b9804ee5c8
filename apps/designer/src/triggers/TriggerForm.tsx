import type { TriggerView } from "@drawbridge/protocol";
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { inputsQuery } from "../library/playbook-inputs.ts";
import type { InputField } from "../library/run-input.ts";
import { ErrorState } from "../shared/ErrorState.tsx";
import { ProblemNote } from "../shared/ProblemNote.tsx";
import { SkeletonRows } from "../shared/SkeletonRows.tsx";
import { bodyMapping, mappingTexts } from "./input-mapping.ts";
import { ScheduleFields } from "./ScheduleFields.tsx";
import { draftOf, scheduleBody, webhookBody } from "./trigger-draft.ts";
import classes from "./TriggerForm.module.css";
import { TriggerInputs } from "./TriggerInputs.tsx";
import { readTriggersAgain } from "./trigger-queries.ts";
import { WebhookFields } from "./WebhookFields.tsx";

interface TriggerFormProps {
  readonly kind: TriggerView["kind"];
  readonly playbook: string;
  /** The one to change; null makes a new one. */
  readonly trigger: TriggerView | null;
  /** `token` is a new webhook's, told this one time. */
  readonly onSaved: (trigger: TriggerView, token: string | null) => void;
  readonly onClose: () => void;
}

/** A webhook or a schedule of a playbook, made or changed. */
export function TriggerForm(props: TriggerFormProps) {
  const declared = useQuery(inputsQuery(props.playbook));
  if (declared.error) return <ErrorState error={declared.error} retry={() => void declared.refetch()} />;
  if (!declared.data) return <SkeletonRows rows={5} what="the playbook's inputs" />;
  return <Fields key={props.playbook} {...props} fields={declared.data.inputs} live={declared.data.live} />;
}

function Fields({ kind, playbook, trigger, onSaved, onClose, fields, live }: TriggerFormProps & { fields: readonly InputField[]; live: number | null }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(kind, trigger, fields));
  const save = useMutation({
    mutationFn: async () => {
      const body = kind === "webhook" ? ({ kind, ...webhookBody(draft, fields) } as const) : ({ kind, ...scheduleBody(draft, fields) } as const);
      if (trigger === null) return (await call("createTrigger", { body: { ...body, playbook } })).data;
      const { kind: _kept, ...change } = body;
      return { trigger: (await call("updateTrigger", { params: { id: trigger.id }, body: change })).data, token: null };
    },
    onSuccess: (made) => {
      readTriggersAgain(queries);
      onSaved(made.trigger, made.token);
    },
  });
  const change = (next: Partial<typeof draft>) => {
    setDraft((earlier) => ({ ...earlier, ...next }));
    if (save.error) save.reset();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {live === null && <p className={classes.help}>The playbook is not published yet; nothing starts until it is.</p>}
      <TextInput
        label="Name"
        required
        maxLength={120}
        placeholder={kind === "webhook" ? "Alerts from the SIEM" : "Morning sweep"}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {kind === "schedule" && <ScheduleFields value={draft} onChange={change} />}
      <TriggerInputs
        kind={kind}
        fields={fields}
        texts={draft.texts}
        first={trigger?.inputs ? mappingTexts(trigger.inputs, fields) : bodyMapping(fields)}
        onChange={(texts) => change({ texts })}
      />
      {kind === "webhook" && <WebhookFields value={draft} hasSecret={Boolean(trigger?.webhook?.signature)} onChange={change} />}
      {save.error && <ProblemNote error={save.error} />}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={save.isPending}>
          {trigger ? "Save" : `Create the ${kind}`}
        </Button>
      </div>
    </form>
  );
}
