import { defineAction } from "@drawbridge/integration-kit";
import type { DirectoryClient } from "../directory-client.ts";
import { userSelector } from "../find-user.ts";
import { accountState, setAccountEnabled } from "../set-account-enabled.ts";

export const enableUser = defineAction<DirectoryClient>()({
  name: "enable-user",
  title: "Enable a user",
  summary: "Lets a disabled account sign in again.",
  effect: "changes",
  repeatable: true,
  input: userSelector,
  output: accountState,
  run: (input, context) => setAccountEnabled(input, true, context),
});
