import { ActionError } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { VendorUser } from "./answers.ts";
import type { Code42Client } from "./client.ts";

export const userName = z
  .string()
  .min(1)
  .max(320)
  .describe("The person's Code42 user name, usually an e-mail address.")
  .meta({ title: "User", examples: ["john.anderson@qrst.com"] });

/** Throws `not-found` when there is no such user. */
export async function findUser(client: Code42Client, username: string, signal: AbortSignal): Promise<VendorUser> {
  const user = await client.user(username, signal);
  if (user === null) throw new ActionError("not-found", `Code42 has no user ${username}.`);
  return user;
}
