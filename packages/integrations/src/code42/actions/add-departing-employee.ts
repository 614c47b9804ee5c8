import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { Code42Client } from "../client.ts";
import { createDepartingEmployees, departingEmployeesId, isIncluded } from "../departing-employees.ts";
import { findUser, userName } from "../find-user.ts";

export const addDepartingEmployee = defineAction<Code42Client>()({
  name: "add-departing-employee",
  title: "Add departing employee",
  summary: "Puts a person on the departing-employee watchlist and records the last day; leaves a member's place alone.",
  effect: "changes",
  repeatable: true,
  input: z.object({
    user: userName,
    departure: z.iso
      .date()
      .optional()
      .describe("The last day, YYYY-MM-DD.")
      .meta({ title: "Last day", examples: ["2026-11-30"] }),
    note: z.string().max(1_000).optional().describe("Note on the person's risk profile; it takes the place of the note before.").meta({ title: "Note" }),
  }),
  output: z.object({
    userId: z.string().describe("The person's Code42 user id."),
    user: z.string().describe("The person's Code42 user name."),
    watchlistId: z.string().describe("Id of the departing-employee watchlist."),
    alreadyListed: z.boolean().describe("Whether the person was on the list before."),
    departure: z.string().nullable().describe("The last day that was recorded, if one was given."),
  }),
  run: async ({ user, departure, note }, { client, signal }) => {
    const { userId, username } = await findUser(client, user, signal);
    const watchlistId = (await departingEmployeesId(client, signal)) ?? (await createDepartingEmployees(client, signal));
    const alreadyListed = await isIncluded(client, watchlistId, userId, signal);
    if (!alreadyListed) await client.changeIncludedUsers(watchlistId, "add", [userId], signal);
    if (departure !== undefined || note !== undefined) {
      await client.updateRiskProfile(userId, { ...(departure === undefined ? {} : { endDate: departure }), ...(note === undefined ? {} : { notes: note }) }, signal);
    }
    return { userId, user: username, watchlistId, alreadyListed, departure: departure ?? null };
  },
});
