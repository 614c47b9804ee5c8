import { defineIntegration } from "@drawbridge/integration-kit";
import { send } from "./actions/send.ts";
import { mailConnection } from "./connection.ts";
import type { MailClient } from "./mail-client.ts";
import { simulateMail } from "./simulator/simulate-mail.ts";

export const mail = defineIntegration<MailClient>()({
  id: "mail",
  title: "E-mail",
  summary: "Sends e-mail over SMTP.",
  tile: { icon: "mail", color: "rose" },
  connection: mailConnection,
  actions: [send],
  simulate: simulateMail,
});
