import { ActionError, type Simulation } from "@drawbridge/integration-kit";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { MailClient } from "../mail-client.ts";
import { serve } from "../serve.ts";
import { simulateMail } from "../simulator/simulate-mail.ts";
import { mailWire } from "../wire.ts";
import { send } from "./send.ts";

const host = { allowPrivateNetwork: true, log: () => undefined, now: () => 0, service: () => null };
const context = (client: MailClient, idempotencyKey = "run-7/tell-manager/1", signal = new AbortController().signal) => ({
  client,
  idempotencyKey,
  signal,
  log: () => undefined,
  now: () => 0,
  run: null,
  caseId: null,
  actor: "test",
});
const failureOf = async (promise: Promise<unknown>): Promise<ActionError> => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ActionError)) throw new Error("An ActionError was expected.", { cause: error });
  return error;
};
const message = (change: object) => send.input.parse({ to: ["dana.whitfield@qrst.com"], subject: "Files were copied", text: "Please read the report.", ...change });
const seed = {
  refuse: [{ address: "gone@qrst.com" }, { address: "full@qrst.com", status: 452, reason: "Mailbox is full" }],
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const places: { readonly [name: string]: () => Promise<{ client: MailClient; simulation: Simulation<MailClient> }> } = {
  "in memory": async () => {
    const simulation = simulateMail(seed, () => 1_000);
    return { client: simulation.client(), simulation };
  },
  "over SMTP": async () => {
    const served = await serve(seed, { clock: () => 1_000 });
    closing.push(served.close);
    return { client: await mailWire.connect({ ...served.settings, timeoutSeconds: 2 }, host), simulation: served.simulation };
  },
};

describe.each(Object.entries(places))("mail.send %s", (_, open) => {
  it("delivers text, HTML, copies and attachments, and names the message after the idempotency key", async () => {
    const { client, simulation } = await open();
    const sent = await send.run(
      message({
        to: ["dana.whitfield@qrst.com", null, "DANA.Whitfield@qrst.com"],
        cc: ["helen.brandt@qrst.com"],
        bcc: ["audit@qrst.com"],
        replyTo: "pnair@qrst.com",
        subject: "Ünïcode → files",
        text: "Grüße,\nSOC",
        html: "<p>Grüße</p>",
        attachments: [
          { filename: "report.pdf", contentType: "application/pdf", contentBase64: "JVBERi0=" },
          null,
          { filename: "note.txt", contentType: "text/plain", text: "Łódź" },
        ],
      }),
      context(client),
    );
    const messageId = "<drawbridge.run-7/tell-manager/1@qrst.com>";
    expect(sent).toEqual({ messageId, accepted: ["dana.whitfield@qrst.com", "helen.brandt@qrst.com", "audit@qrst.com"], rejected: [] });
    expect(simulation.state()).toEqual({
      messages: [
        {
          id: "mail-1",
          messageId,
          from: "soc@qrst.com",
          to: ["dana.whitfield@qrst.com"],
          cc: ["helen.brandt@qrst.com"],
          recipients: ["dana.whitfield@qrst.com", "helen.brandt@qrst.com", "audit@qrst.com"],
          replyTo: "pnair@qrst.com",
          subject: "Ünïcode → files",
          text: "Grüße,\nSOC",
          html: "<p>Grüße</p>",
          attachments: [
            { filename: "report.pdf", contentType: "application/pdf", size: 5 },
            { filename: "note.txt", contentType: "text/plain", size: 7 },
          ],
          receivedAt: "1970-01-01T00:00:01.000Z",
        },
      ],
    });
    expect(simulation.changes()).toEqual([{ what: `deliver ${messageId}`, at: 1_000 }]);
  });

  it("lists who was refused, or fails when told to, though the others have the message", async () => {
    const { client, simulation } = await open();
    const sent = await send.run(message({ to: ["gone@qrst.com", "dana.whitfield@qrst.com"] }), context(client));
    expect(sent.accepted).toEqual(["dana.whitfield@qrst.com"]);
    expect(sent.rejected).toEqual([{ address: "gone@qrst.com", status: 550, reason: expect.stringContaining("No such mailbox here") as string }]);
    const failure = await failureOf(send.run(message({ to: ["gone@qrst.com", "dana.whitfield@qrst.com"], onRejected: "fail" }), context(client)));
    expect(failure).toMatchObject({ code: "partly-delivered", retryable: false, details: { accepted: ["dana.whitfield@qrst.com"] } });
    expect(simulation.changes()).toHaveLength(2);
  });

  it("tells a refusal of everybody from one that may pass", async () => {
    const { client, simulation } = await open();
    expect(await failureOf(send.run(message({ to: ["gone@qrst.com"] }), context(client)))).toMatchObject({ code: "rejected", retryable: false });
    expect(await failureOf(send.run(message({ to: ["full@qrst.com", "gone@qrst.com"] }), context(client)))).toMatchObject({ code: "unavailable", retryable: true });
    expect(simulation.changes()).toEqual([]);
  });

  it("plays faults as the server would", async () => {
    const { client, simulation } = await open();
    simulation.fail({ operation: "send", times: 1 });
    simulation.fail({ operation: "send", times: 1, status: 554 });
    simulation.fail({ operation: "*", times: 1, code: "timed-out" });
    expect(await failureOf(send.run(message({}), context(client)))).toMatchObject({ code: "unavailable", retryable: true });
    expect(await failureOf(send.run(message({}), context(client)))).toMatchObject({ code: "rejected", retryable: false });
    expect(await failureOf(send.run(message({}), context(client)))).toMatchObject({ code: "timed-out", retryable: true });
    expect((await send.run(message({}), context(client))).accepted).toEqual(["dana.whitfield@qrst.com"]);
  });

  it("refuses a message without recipients, and headers that would become others", async () => {
    const { client } = await open();
    expect(await failureOf(send.run(message({ to: [null] }), context(client)))).toMatchObject({ code: "invalid-input" });
    expect(send.input.safeParse({ to: ["a@qrst.com"], subject: "x\r\nBcc: b@qrst.com" }).success).toBe(false);
    expect(send.input.safeParse({ to: ["a@qrst.com\r\nb@qrst.com"], subject: "x" }).success).toBe(false);
    expect(send.input.safeParse({ to: ["a@qrst.com"], subject: "x", attachments: [{ filename: "a", text: "1", contentBase64: "MQ==" }] }).success).toBe(false);
  });
});

describe("mail over SMTP", () => {
  it("says which part of the connection is wrong", async () => {
    const served = await serve(null);
    const attempt = async (change: object, allowPrivateNetwork = true) => {
      const client = await mailWire.connect({ ...served.settings, ...change }, { ...host, allowPrivateNetwork });
      return mailWire.test(client, new AbortController().signal).then(
        () => "connected",
        (error: unknown) => (error instanceof ActionError ? error.code : error),
      );
    };
    expect(await attempt({})).toBe("connected");
    expect(await attempt({ password: "wrong" })).toBe("authentication-failed");
    expect(await attempt({ encryption: "starttls" })).toBe("connection-refused");
    expect(await attempt({}, false)).toBe("egress-refused");
    expect(await attempt({ host: "localhost" }, false)).toBe("egress-refused");
    const anonymous = await mailWire.connect({ ...served.settings, username: undefined } as never, host);
    expect(await failureOf(send.run(message({}), context(anonymous)))).toMatchObject({ code: "authentication-failed" });
    await served.close();
    expect(await attempt({})).toBe("connection-refused");
  });

  it("does not offer to send again what may have been delivered", async () => {
    const server = createServer((socket) => {
      socket.write("220 mail.qrst.com\r\n");
      let inData = false;
      socket.on("data", (chunk: Buffer) => {
        for (const line of chunk
          .toString("latin1")
          .split("\r\n")
          .filter((text, at, all) => text !== "" || at < all.length - 1)) {
          if (inData) {
            if (line === ".") socket.destroy();
          } else if (line.startsWith("DATA")) {
            inData = true;
            socket.write("354 go on\r\n");
          } else socket.write("250 fine\r\n");
        }
      });
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const client = await mailWire.connect({ host: "127.0.0.1", port, encryption: "none", from: "soc@qrst.com", timeoutSeconds: 5, allowPrivateNetwork: true }, host);
    expect(await failureOf(send.run(message({}), context(client)))).toMatchObject({ retryable: false, uncertain: true });
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it("stops at once when it is cancelled", async () => {
    const served = await serve(null);
    closing.push(served.close);
    served.simulation.fail({ operation: "*", times: 1, code: "timed-out" });
    const client = await mailWire.connect(served.settings, host);
    const stop = new AbortController();
    const pending = failureOf(send.run(message({}), context(client, "key", stop.signal)));
    stop.abort();
    expect(await pending).toMatchObject({ code: "cancelled" });
    expect(served.simulation.changes()).toEqual([]);
  });
});
