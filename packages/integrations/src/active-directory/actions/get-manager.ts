import { ActionError, defineAction } from "@drawbridge/integration-kit";
import type { DirectoryClient } from "../directory-client.ts";
import { findUser, userSelector } from "../find-user.ts";
import { userFromEntry, userRecord } from "../user-record.ts";

export const getManager = defineAction<DirectoryClient>()({
  name: "get-manager",
  title: "Get a user's manager",
  summary: "Looks up the manager of a person; the e-mail is null when the manager has no mailbox.",
  effect: "reads",
  repeatable: true,
  input: userSelector,
  output: userRecord,
  run: async (input, { client, signal }) => {
    const user = userFromEntry(await findUser(client, input, signal));
    if (user.manager === null) throw new ActionError("not-found", `${user.displayName} has no manager in the directory.`, { details: { user: user.dn } });
    return userFromEntry(await findUser(client, { dn: user.manager }, signal));
  },
});
