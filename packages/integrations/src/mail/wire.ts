import { ActionError, type Wire, type WireHost } from "@drawbridge/integration-kit";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { connectionError } from "../connection-error.ts";
import { guardedConnect } from "../guarded-connect.ts";
import { allRejected } from "./all-rejected.ts";
import type { MailConnection } from "./connection.ts";
import type { MailClient, MailDelivery, MailMessage, RejectedRecipient } from "./mail-client.ts";
import { messageIdFor } from "./message-id.ts";

/** Mail over SMTP, a connection per message. */
class SmtpMailClient implements MailClient {
  readonly #connection: MailConnection;
  readonly #host: WireHost;

  constructor(connection: MailConnection, host: WireHost) {
    this.#connection = connection;
    this.#host = host;
  }

  async send({ to, cc, bcc, replyTo, subject, text, html, attachments }: MailMessage, idempotencyKey: string, signal: AbortSignal): Promise<MailDelivery> {
    const { from, fromName } = this.#connection;
    const messageId = messageIdFor(idempotencyKey, from);
    let handedOver = false;
    const transport = this.#transport(signal);
    transport.use("stream", (mail, done) => {
      mail.message.build((error, content) => {
        mail.message.createReadStream = () => readOnDemand(content ?? new Uint8Array(), () => (handedOver = true));
        done(error);
      });
    });
    try {
      const sent = await transport.sendMail({
        messageId,
        from: fromName === undefined ? from : { name: fromName, address: from },
        to: [...to],
        cc: [...cc],
        bcc: [...bcc],
        ...(replyTo === null ? {} : { replyTo }),
        subject,
        ...(text === null ? {} : { text }),
        ...(html === null ? {} : { html }),
        attachments: attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content: Buffer.from(content) })),
      });
      return { messageId, accepted: sent.accepted, rejected: refusals(sent) };
    } catch (error) {
      throw this.#failure(error, signal, handedOver);
    } finally {
      transport.close();
    }
  }

  /** Connects and signs in, and sends nothing. */
  async verify(signal: AbortSignal): Promise<void> {
    const transport = this.#transport(signal);
    try {
      await transport.verify();
    } catch (error) {
      throw this.#failure(error, signal, false);
    } finally {
      transport.close();
    }
  }

  #transport(signal: AbortSignal) {
    const { host, port, encryption, username, password, caCertificate, timeoutSeconds } = this.#connection;
    const limit = timeoutSeconds * 1000;
    return createTransport({
      host,
      port,
      secure: encryption === "tls",
      requireTLS: encryption === "starttls",
      ignoreTLS: encryption === "none",
      tls: { servername: host, ...(caCertificate === undefined ? {} : { ca: caCertificate }) },
      ...(username === undefined ? {} : { auth: { user: username, pass: password ?? "" } }),
      connectionTimeout: limit,
      greetingTimeout: limit,
      socketTimeout: limit,
      disableFileAccess: true,
      disableUrlAccess: true,
      getSocket: (_options, callback) => {
        this.#reach(signal, limit).then(
          (connection) => callback(null, { connection }),
          (error: Error) => callback(error),
        );
      },
    });
  }

  #reach(signal: AbortSignal, limit: number): Promise<Socket> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) throw cancelled();
      const { host, port } = this.#connection;
      const socket = guardedConnect({ host, port, allowPrivateNetwork: this.#host.allowPrivateNetwork });
      const fail = (error: Error) => {
        socket.destroy();
        reject(error);
      };
      const late = () => fail(new ActionError("timed-out", "The mail server did not answer in time.", { retryable: true }));
      const stop = () => socket.destroy(cancelled());
      signal.addEventListener("abort", stop, { once: true });
      socket.once("close", () => signal.removeEventListener("abort", stop));
      socket.setTimeout(limit, late);
      socket.once("error", fail);
      socket.once("connect", () => {
        socket.setTimeout(0);
        socket.off("timeout", late);
        socket.off("error", fail);
        resolve(socket);
      });
    });
  }

  #failure(error: unknown, signal: AbortSignal, handedOver: boolean): ActionError {
    const failure = signal.aborted ? cancelled() : smtpError(error, this.#connection.host);
    if (!handedOver || statusOf(error) > 0) return failure;
    return new ActionError(failure.code, "The connection was lost after the message was handed over: it may have been delivered.", { uncertain: true, cause: error });
  }
}

/** A stream of the message that tells when the server lets it through: from then on it may be delivered. */
function readOnDemand(content: Uint8Array, begun: () => void): Readable {
  return new Readable({
    read() {
      begun();
      this.push(content);
      this.push(null);
    },
  });
}

const cancelled = () => new ActionError("cancelled", "The sending was cancelled.");

function smtpError(error: unknown, where: string): ActionError {
  if (!(error instanceof Error) || error instanceof ActionError) return connectionError(error, where);
  const code = "code" in error ? error.code : undefined;
  if (code === "ETLS") return connectionError(error, where);
  const status = statusOf(error);
  const rejected = refusals(error);
  if (rejected.length > 0) return allRejected(rejected);
  const details = { status, response: "response" in error && typeof error.response === "string" ? error.response : "" };
  if (status >= 400 && status < 500) return new ActionError("unavailable", "The mail server does not take the message just now.", { retryable: true, details, cause: error });
  if (code === "EAUTH" || status === 530)
    return new ActionError("authentication-failed", "The mail server refused the username or password, or wants one.", { details, cause: error });
  if (status >= 500) return new ActionError("rejected", "The mail server refused the message.", { details, cause: error });
  return connectionError(error, where);
}

const statusOf = (error: unknown): number => (error instanceof Error && "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0);

function refusals(source: object): readonly RejectedRecipient[] {
  const errors = "rejectedErrors" in source && Array.isArray(source.rejectedErrors) ? (source.rejectedErrors as readonly unknown[]) : [];
  return errors.flatMap((error) => {
    if (!(error instanceof Error) || !("recipient" in error) || typeof error.recipient !== "string") return [];
    const response = "response" in error && typeof error.response === "string" ? error.response : "";
    return [{ address: error.recipient, status: statusOf(error) || 550, reason: response.replace(/^\d{3}[ -]/, "") }];
  });
}

/** SMTP over a socket. */
export const mailWire: Wire<SmtpMailClient, MailConnection> = {
  integration: "mail",
  connect: (connection, host) => new SmtpMailClient(connection, host),
  test: async (client, signal) => {
    await client.verify(signal);
    return "Connected and signed in; nothing was sent.";
  },
};
