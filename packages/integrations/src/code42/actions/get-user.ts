import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { Code42Client } from "../client.ts";
import { findUser, userName } from "../find-user.ts";

export const getUser = defineAction<Code42Client>()({
  name: "get-user",
  title: "Get a Code42 user",
  summary: "Looks up a person in Code42: name, whether active or blocked, and the watchlists they are on.",
  effect: "reads",
  repeatable: true,
  input: z.object({ user: userName }),
  output: z.object({
    userId: z.string().describe("The person's Code42 user id."),
    user: z
      .string()
      .describe("The person's Code42 user name.")
      .meta({ examples: ["john.anderson@qrst.com"] }),
    firstName: z.string().nullable().describe("First name."),
    lastName: z.string().nullable().describe("Last name."),
    organisation: z.string().nullable().describe("Organisation in Code42."),
    active: z.boolean().describe("Whether the account is in use."),
    blocked: z.boolean().describe("Whether signing in is blocked."),
    watchlists: z
      .array(z.string())
      .describe("Kinds of the watchlists that the person is on.")
      .meta({ examples: [["DEPARTING_EMPLOYEE"]] }),
  }),
  run: async (input, { client, signal }) => {
    const user = await findUser(client, input.user, signal);
    const watchlists = await client.watchlists(user.userId, signal);
    return {
      userId: user.userId,
      user: user.username,
      firstName: user.firstName ?? null,
      lastName: user.lastName ?? null,
      organisation: user.orgName ?? null,
      active: user.active ?? false,
      blocked: user.blocked ?? false,
      watchlists: watchlists.map(({ listType }) => listType),
    };
  },
});
