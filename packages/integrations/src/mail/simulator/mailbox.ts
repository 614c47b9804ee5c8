import type { RejectedRecipient } from "../mail-client.ts";

/** A message as it arrived. */
export interface ReceivedMessage {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Everyone the server took it for, blind copies too. */
  readonly recipients: readonly string[];
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly size: number }[];
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** The messages of a simulated mail server, and whom it refuses. */
export class Mailbox {
  readonly #clock: () => number;
  readonly #refused: ReadonlyMap<string, RejectedRecipient>;
  readonly #messages: ReceivedMessage[] = [];

  constructor(refuse: readonly RejectedRecipient[], clock: () => number) {
    this.#refused = new Map(refuse.map((recipient) => [recipient.address.toLowerCase(), recipient]));
    this.#clock = clock;
  }

  /** The refusal of an address, null when it is taken. */
  refusalOf(address: string): RejectedRecipient | null {
    const refusal = this.#refused.get(address.toLowerCase());
    return refusal === undefined ? null : { ...refusal, address };
  }

  deliver(message: Omit<ReceivedMessage, "id" | "receivedAt">): ReceivedMessage {
    const received = { id: `mail-${this.#messages.length + 1}`, ...message, receivedAt: new Date(this.#clock()).toISOString() };
    this.#messages.push(received);
    return received;
  }

  /** Oldest first. */
  messages(): readonly ReceivedMessage[] {
    return this.#messages;
  }
}
