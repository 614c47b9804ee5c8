import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { Code42Client } from "../client.ts";
import { departingEmployeesId, isIncluded } from "../departing-employees.ts";
import { findUser, userName } from "../find-user.ts";

export const removeDepartingEmployee = defineAction<Code42Client>()({
  name: "remove-departing-employee",
  title: "Remove departing employee",
  summary: "Takes a person off the departing-employee watchlist.",
  effect: "changes",
  repeatable: true,
  input: z.object({ user: userName }),
  output: z.object({
    userId: z.string().describe("The person's Code42 user id."),
    user: z.string().describe("The person's Code42 user name."),
    wasListed: z.boolean().describe("Whether the person was on the list before."),
  }),
  run: async ({ user }, { client, signal }) => {
    const { userId, username } = await findUser(client, user, signal);
    const watchlistId = await departingEmployeesId(client, signal);
    const wasListed = watchlistId !== null && (await isIncluded(client, watchlistId, userId, signal));
    if (watchlistId !== null && wasListed) await client.changeIncludedUsers(watchlistId, "delete", [userId], signal);
    return { userId, user: username, wasListed };
  },
});
