import { defineIntegration } from "@drawbridge/integration-kit";
import { disableUser } from "./actions/disable-user.ts";
import { enableUser } from "./actions/enable-user.ts";
import { getGroups } from "./actions/get-groups.ts";
import { getManager } from "./actions/get-manager.ts";
import { getUser } from "./actions/get-user.ts";
import { activeDirectoryConnection } from "./connection.ts";
import type { DirectoryClient } from "./directory-client.ts";
import { simulateDirectory } from "./simulator/simulate-directory.ts";

export const activeDirectory = defineIntegration<DirectoryClient>()({
  id: "active-directory",
  title: "Active Directory",
  summary: "Who a person is, who their manager is, which groups they are in; and the account's switch.",
  tile: { text: "AD", color: "blue" },
  connection: activeDirectoryConnection,
  actions: [getUser, getManager, getGroups, disableUser, enableUser],
  simulate: simulateDirectory,
});
