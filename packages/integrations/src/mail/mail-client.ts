/** A message as the action hands it over; there is at least one recipient. */
export interface MailMessage {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }[];
}

export interface RejectedRecipient {
  readonly address: string;
  /** The SMTP status, e.g. 550. */
  readonly status: number;
  readonly reason: string;
}

export interface MailDelivery {
  readonly messageId: string;
  readonly accepted: readonly string[];
  readonly rejected: readonly RejectedRecipient[];
}

/** What the action asks of a mail server; throws `ActionError` when nobody got the message. */
export interface MailClient {
  /** The same key gives the same Message-ID, so that a duplicate can be recognised. */
  readonly send: (message: MailMessage, idempotencyKey: string, signal: AbortSignal) => Promise<MailDelivery>;
}
