import { ActionError, defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { MailClient } from "../mail-client.ts";

const mostAttachedBytes = 20 * 1024 * 1024;

const recipients = (title: string, description: string) => z.array(z.email().max(320).nullable()).max(200).default([]).meta({ title, description });

const attachment = z
  .object({
    filename: z.string().min(1).max(255).meta({ title: "File name" }),
    contentType: z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/)
      .default("application/octet-stream")
      .meta({ title: "Content type" }),
    contentBase64: z.base64().optional().meta({ title: "Content, Base64" }),
    text: z.string().optional().meta({ title: "Content, text" }),
  })
  .refine((value) => (value.contentBase64 === undefined) !== (value.text === undefined), { error: "Give the content either as Base64 or as text." });

export const send = defineAction<MailClient>()({
  name: "send",
  title: "Send an e-mail",
  summary: "Sends a message with attachments and says who the server took it for.",
  effect: "changes",
  repeatable: false,
  input: z.object({
    to: recipients("To", "Addresses; empty ones are left out."),
    cc: recipients("Copy", "Addresses that get a copy."),
    bcc: recipients("Blind copy", "Addresses that get a copy unseen by the others."),
    replyTo: z.email().nullish().meta({ title: "Answer to", description: "Where answers go, when not to the sender." }),
    subject: z
      .string()
      .max(998)
      .regex(/^[^\r\n]*$/)
      .meta({ title: "Subject" }),
    text: z.string().nullish().meta({ title: "Text", description: "The message in plain text.", format: "multiline" }),
    html: z.string().nullish().meta({ title: "HTML", description: "The message as HTML, e.g. a case report.", format: "multiline" }),
    attachments: z.array(attachment.nullable()).max(50).default([]).meta({ title: "Attachments", description: "Files; empty ones are left out." }),
    onRejected: z
      .enum(["report", "fail"])
      .default("report")
      .meta({ title: "When some are refused", description: "report: succeed and list them; fail: the step fails with partly-delivered." }),
  }),
  output: z.object({
    messageId: z.string().meta({ description: "The Message-ID header." }),
    accepted: z.array(z.string()).meta({ description: "Addresses the server took the message for." }),
    rejected: z.array(z.object({ address: z.string(), status: z.int(), reason: z.string() })).meta({ description: "Addresses the server refused, and why." }),
  }),
  run: async ({ to, cc, bcc, replyTo, subject, text, html, attachments, onRejected }, { client, idempotencyKey, signal }) => {
    const named = new Set<string>();
    const once = (addresses: readonly (string | null)[]) =>
      addresses.filter((address): address is string => address !== null && !named.has(address.toLowerCase()) && named.add(address.toLowerCase()) !== undefined);
    const lists = { to: once(to), cc: once(cc), bcc: once(bcc) };
    if (named.size === 0) throw new ActionError("invalid-input", "The message has no recipient.");
    const files = attachments
      .filter((file) => file !== null)
      .map(({ filename, contentType, contentBase64, text: content }) => ({
        filename,
        contentType,
        content: content === undefined ? bytesOfBase64(contentBase64 ?? "") : new TextEncoder().encode(content),
      }));
    const size = files.reduce((sum, file) => sum + file.content.length, 0);
    if (size > mostAttachedBytes) throw new ActionError("invalid-input", "The attachments are larger than 20 MiB together.", { details: { size, limit: mostAttachedBytes } });

    const delivery = await client.send({ ...lists, replyTo: replyTo ?? null, subject, text: text ?? null, html: html ?? null, attachments: files }, idempotencyKey, signal);
    const rejected = delivery.rejected.map((recipient) => ({ ...recipient }));
    if (rejected.length > 0 && onRejected === "fail") {
      throw new ActionError("partly-delivered", `The mail server refused ${rejected.map(({ address }) => address).join(", ")}; the others have the message.`, {
        details: { messageId: delivery.messageId, accepted: [...delivery.accepted], rejected },
      });
    }
    return { messageId: delivery.messageId, accepted: [...delivery.accepted], rejected };
  },
});

const bytesOfBase64 = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
