import { ActionError, createFaultBook, type Fault, type Json, type Simulation } from "@drawbridge/integration-kit";
import type * as z from "zod";
import { allRejected } from "../all-rejected.ts";
import type { MailClient, MailMessage } from "../mail-client.ts";
import { messageIdFor } from "../message-id.ts";
import { mailSeed } from "./mail-seed.ts";
import { Mailbox } from "./mailbox.ts";

/** The simulated mail server; SMTP and dry runs share it. */
export interface MailSimulation extends Simulation<MailClient> {
  readonly mailbox: Mailbox;
  readonly settings: z.output<typeof mailSeed>;
  /** The fault to play for the message that begins now, if one waits. */
  readonly takeFault: () => Fault | null;
}

/** Starts a mail server from a seed; without one, it takes mail for everybody. */
export function simulateMail(seed: Json, clock: () => number): MailSimulation {
  const settings = mailSeed.parse(seed ?? {});
  const mailbox = new Mailbox(settings.refuse, clock);
  const faults = createFaultBook();
  const takeFault = (): Fault | null => faults.take(["send"]);
  return {
    mailbox,
    settings,
    takeFault,
    client: () => ({
      send: async (message, idempotencyKey) => {
        const fault = takeFault();
        if (fault !== null) throw faultError(fault);
        const all = [...message.to, ...message.cc, ...message.bcc];
        const rejected = all.flatMap((address) => mailbox.refusalOf(address) ?? []);
        const accepted = all.filter((address) => mailbox.refusalOf(address) === null);
        if (accepted.length === 0) throw allRejected(rejected);
        const messageId = messageIdFor(idempotencyKey, settings.from);
        mailbox.deliver({ messageId, from: settings.from, recipients: accepted, ...written(message) });
        return { messageId, accepted, rejected };
      },
    }),
    state: () => ({ messages: mailbox.messages().map(asJson) }),
    changes: () => mailbox.messages().map(({ messageId, receivedAt }) => ({ what: `deliver ${messageId}`, at: Date.parse(receivedAt) })),
    fail: faults.add,
  };
}

/** The SMTP status that a fault plays. */
export const faultStatus = (fault: Fault): number => fault.status ?? (fault.code === "rejected" ? 554 : fault.code === "authentication-failed" ? 530 : 451);

function faultError(fault: Fault): ActionError {
  if (fault.code === "timed-out") return new ActionError("timed-out", "The mail server did not answer in time.", { retryable: true, uncertain: true });
  const status = faultStatus(fault);
  if (status === 530) return new ActionError("authentication-failed", "The mail server wants a sign-in.", { details: { status } });
  if (status >= 500) return new ActionError("rejected", "The mail server refused the message.", { details: { status } });
  return new ActionError("unavailable", "The mail server does not take the message just now.", { retryable: true, details: { status } });
}

function written({ to, cc, replyTo, subject, text, html, attachments }: MailMessage) {
  return {
    to,
    cc,
    replyTo,
    subject,
    text: text?.trimEnd() ?? null,
    html: html?.trimEnd() ?? null,
    attachments: attachments.map(({ filename, contentType, content }) => ({ filename, contentType, size: content.length })),
  };
}

const asJson = ({ to, cc, recipients, attachments, ...rest }: ReturnType<Mailbox["deliver"]>): Json => ({
  ...rest,
  to: [...to],
  cc: [...cc],
  recipients: [...recipients],
  attachments: attachments.map((file) => ({ ...file })),
});
