import { defineAction } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { DirectoryClient } from "../directory-client.ts";
import { commonName } from "../dn.ts";
import { and, equals, type Filter, inChainRule } from "../filter.ts";
import { findUser, userSelector } from "../find-user.ts";
import { valuesOf } from "../user-record.ts";

const most = 5000;

export const getGroups = defineAction<DirectoryClient>()({
  name: "get-groups",
  title: "Get a user's groups",
  summary: "Lists the groups that a person is in, nested ones too when asked.",
  effect: "reads",
  repeatable: true,
  input: userSelector.extend({
    nested: z.boolean().default(false).meta({ title: "Nested groups", description: "Also groups that contain one of the user's groups. Active Directory only." }),
  }),
  output: z.object({
    dn: z.string().meta({ description: "The user's distinguished name." }),
    names: z.array(z.string()).meta({ description: "The groups' names." }),
    groups: z.array(z.object({ dn: z.string(), name: z.string(), description: z.string().nullable() })).meta({ description: "The groups." }),
  }),
  run: async ({ nested, ...selector }, { client, signal }) => {
    const user = await findUser(client, selector, signal);
    const member: Filter = nested ? { kind: "extensible", attribute: "member", rule: inChainRule, value: user.dn, dnAttributes: false } : equals("member", user.dn);
    const found = await client.search({ scope: "sub", filter: and(equals("objectClass", "group"), member), attributes: ["cn", "description"], limit: most }, signal);
    const groups = found
      .map((entry) => ({ dn: entry.dn, name: valuesOf(entry, "cn")[0] ?? commonName(entry.dn), description: valuesOf(entry, "description")[0] ?? null }))
      .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
    return { dn: user.dn, names: groups.map((group) => group.name), groups };
  },
});
