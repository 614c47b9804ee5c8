import { defineAction } from "@drawbridge/integration-kit";
import type { DirectoryClient } from "../directory-client.ts";
import { userSelector } from "../find-user.ts";
import { accountState, setAccountEnabled } from "../set-account-enabled.ts";

export const disableUser = defineAction<DirectoryClient>()({
  name: "disable-user",
  title: "Disable a user",
  summary: "Stops an account from signing in; one that is disabled already stays so.",
  effect: "changes",
  repeatable: true,
  input: userSelector,
  output: accountState,
  run: (input, context) => setAccountEnabled(input, false, context),
});
