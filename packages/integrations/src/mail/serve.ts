import type { Json } from "@drawbridge/integration-kit";
import { simpleParser, type AddressObject } from "mailparser";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { MailConnection } from "./connection.ts";
import { faultStatus, type MailSimulation, simulateMail } from "./simulator/simulate-mail.ts";

type MailSettings = { readonly [Key in keyof Omit<MailConnection, "caCertificate">]: Exclude<MailConnection[Key], undefined> };

const largestMessage = 40 * 1024 * 1024;

/** Serves a simulated mail server over SMTP on a loopback port; `settings` are what a connection to it needs. */
export async function serve(
  seed: Json,
  { port = 0, clock = Date.now }: { readonly port?: number; readonly clock?: () => number } = {},
): Promise<{ readonly settings: MailSettings; readonly simulation: MailSimulation; readonly close: () => Promise<void> }> {
  const simulation = simulateMail(seed, clock);
  const { mailbox, settings } = simulation;
  const { account } = settings;
  const server = new SMTPServer({
    name: "mail.qrst.com",
    logger: false,
    size: largestMessage,
    disabledCommands: account === null ? ["STARTTLS", "AUTH"] : ["STARTTLS"],
    authOptional: account === null,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 200,
    onAuth: ({ username, password }, _session, done) => {
      if (account !== null && username === account.username && password === account.password) done(null, { user: username });
      else done(reply(535, "Authentication credentials invalid"));
    },
    onMailFrom: (_address, _session, done) => {
      const fault = simulation.takeFault();
      if (fault?.code === "timed-out") return;
      done(fault === null ? null : reply(faultStatus(fault), "Simulated fault"));
    },
    onRcptTo: ({ address }, _session, done) => {
      const refusal = mailbox.refusalOf(address);
      done(refusal === null ? null : reply(refusal.status, refusal.reason));
    },
    onData: (stream, session, done) => {
      simpleParser(stream, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true }).then(
        (parsed) => {
          if (stream.sizeExceeded) return done(reply(552, "Message exceeds the size limit"));
          const { mailFrom, rcptTo } = session.envelope;
          mailbox.deliver({
            messageId: parsed.messageId ?? "",
            from: parsed.from?.value[0]?.address ?? (mailFrom === false ? "" : mailFrom.address),
            to: addresses(parsed.to),
            cc: addresses(parsed.cc),
            recipients: rcptTo.map(({ address }) => address),
            replyTo: addresses(parsed.replyTo)[0] ?? null,
            subject: parsed.subject ?? "",
            text: parsed.text?.trimEnd() ?? null,
            html: typeof parsed.html === "string" ? parsed.html.trimEnd() : null,
            attachments: parsed.attachments.map(({ filename = "", contentType, size }) => ({ filename, contentType, size })),
          });
          done();
        },
        () => done(reply(554, "The message cannot be read")),
      );
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.server.address() as AddressInfo;
  return {
    settings: {
      host: "127.0.0.1",
      port: address.port,
      encryption: "none",
      ...(account ?? {}),
      from: settings.from,
      ...(settings.fromName === undefined ? {} : { fromName: settings.fromName }),
      timeoutSeconds: 30,
      allowPrivateNetwork: true,
    },
    simulation,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const reply = (status: number, message: string): Error => Object.assign(new Error(message), { responseCode: status });

const addresses = (list: AddressObject | AddressObject[] | undefined): readonly string[] =>
  (Array.isArray(list) ? list : list === undefined ? [] : [list]).flatMap(({ value }) => value.flatMap(({ address }) => address ?? []));
