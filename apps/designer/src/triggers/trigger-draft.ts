import type { TriggerView } from "@drawbridge/protocol";
import type { InputField } from "../library/run-input.ts";
import { type MappingTexts, mappingTexts, readMapping } from "./input-mapping.ts";
import type { ScheduleDraft } from "./ScheduleFields.tsx";
import type { WebhookDraft } from "./WebhookFields.tsx";

/** A trigger as its form holds it. */
export interface TriggerDraft extends ScheduleDraft, WebhookDraft {
  readonly name: string;
  readonly texts: MappingTexts | null;
}

/** A trigger's form as it begins: what is kept, or what most want. */
export const draftOf = (kind: TriggerView["kind"], trigger: TriggerView | null, fields: readonly InputField[]): TriggerDraft => ({
  name: trigger?.name ?? "",
  texts: trigger === null ? (kind === "webhook" ? null : {}) : trigger.inputs && mappingTexts(trigger.inputs, fields),
  signed: Boolean(trigger?.webhook?.signature),
  header: trigger?.webhook?.signature?.header ?? "X-Signature-256",
  timestampHeader: trigger?.webhook?.signature?.timestampHeader ?? "",
  secret: "",
  perMinute: trigger?.webhook?.perMinute ?? 600,
  cron: trigger?.schedule?.cron ?? "0 9 * * 1-5",
  zone: trigger?.schedule?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  missed: trigger?.schedule?.missed ?? "once",
});

/** What the form holds, as a webhook is sent; throws ApiProblem where an input does not fit. */
export const webhookBody = ({ name, texts, signed, header, timestampHeader, secret, perMinute }: TriggerDraft, fields: readonly InputField[]) => ({
  name: name.trim(),
  inputs: texts && readMapping(fields, texts),
  signature: signed ? { header: header.trim(), timestampHeader: timestampHeader.trim() === "" ? null : timestampHeader.trim(), ...(secret !== "" && { secret }) } : null,
  perMinute: Number(perMinute),
});

/** What the form holds, as a schedule is sent; throws ApiProblem where an input does not fit. */
export const scheduleBody = ({ name, texts, cron, zone, missed }: TriggerDraft, fields: readonly InputField[]) => ({
  name: name.trim(),
  inputs: readMapping(fields, texts ?? {}),
  cron: cron.trim(),
  zone,
  missed,
});
