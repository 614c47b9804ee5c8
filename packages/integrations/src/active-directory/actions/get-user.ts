import { defineAction } from "@drawbridge/integration-kit";
import type { DirectoryClient } from "../directory-client.ts";
import { findUser, userSelector } from "../find-user.ts";
import { userFromEntry, userRecord } from "../user-record.ts";

export const getUser = defineAction<DirectoryClient>()({
  name: "get-user",
  title: "Get a user",
  summary: "Looks up one person: name, title, department, manager, groups and whether the account is enabled.",
  effect: "reads",
  repeatable: true,
  input: userSelector,
  output: userRecord,
  run: async (input, { client, signal }) => userFromEntry(await findUser(client, input, signal)),
});
