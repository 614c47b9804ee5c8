import type { ActionContext } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { DirectoryClient } from "./directory-client.ts";
import { findUser, type UserSelector } from "./find-user.ts";
import { accountControl, userFromEntry, withEnabled } from "./user-record.ts";

/** What became of the account. */
export const accountState = z.object({
  dn: z.string().meta({ description: "The user's distinguished name." }),
  username: z.string().meta({ description: "The account name." }),
  enabled: z.boolean().meta({ description: "Whether the account may sign in now." }),
  changed: z.boolean().meta({ description: "False when it was so already." }),
});

/** Sets or clears the account's disabled bit; sends nothing when it is as wanted. */
export async function setAccountEnabled(selector: UserSelector, enabled: boolean, { client, signal }: ActionContext<DirectoryClient>): Promise<z.output<typeof accountState>> {
  const entry = await findUser(client, selector, signal);
  const { dn, username } = userFromEntry(entry);
  const control = accountControl(entry);
  const wanted = withEnabled(control, enabled);
  if (wanted !== control) await client.modify(dn, [{ operation: "replace", attribute: "userAccountControl", values: [String(wanted)] }], signal);
  return { dn, username, enabled, changed: wanted !== control };
}
