import { ActionError } from "@drawbridge/integration-kit";
import * as z from "zod";
import type { DirectoryClient, DirectoryEntry } from "./directory-client.ts";
import { and, equals, type Filter, not, or } from "./filter.ts";
import { parseDn } from "./dn.ts";
import { userAttributes } from "./user-record.ts";

const text = (title: string, description: string) => z.string().max(1024).nullish().meta({ title, description });

/** Ways to name a user; those that are given must all fit, empty ones do not count. */
export const userSelector = z.object({
  email: text("E-mail", "The account's mail address, proxy address or sign-in name."),
  username: text("Username", "The account name (sAMAccountName)."),
  dn: text("Distinguished name", "Exactly this entry, e.g. the manager of another user."),
  name: text("Name", "The full name (cn or display name)."),
});

export type UserSelector = z.output<typeof userSelector>;

const person = [equals("objectClass", "user"), not(equals("objectClass", "computer"))];

/** The one user that a selector names; fails with `invalid-input`, `not-found` or `ambiguous`. */
export async function findUser(client: DirectoryClient, selector: UserSelector, signal: AbortSignal): Promise<DirectoryEntry> {
  const given = Object.fromEntries(Object.entries(selector).flatMap(([key, value]) => (typeof value === "string" && value.trim() !== "" ? [[key, value.trim()]] : []))) as {
    [Key in keyof UserSelector]?: string;
  };
  if (Object.keys(given).length === 0) throw new ActionError("invalid-input", "Say which user: by e-mail, username, distinguished name or name.");
  if (given.dn !== undefined && !parseDn(given.dn)?.length) throw new ActionError("invalid-input", "That is not a distinguished name.", { details: { dn: given.dn } });
  const conditions: Filter[] = [...person];
  if (given.email !== undefined) conditions.push(or(equals("mail", given.email), equals("userPrincipalName", given.email), equals("proxyAddresses", `smtp:${given.email}`)));
  if (given.username !== undefined) conditions.push(equals("sAMAccountName", given.username.replace(/^.*\\/, "")));
  if (given.name !== undefined) conditions.push(or(equals("cn", given.name), equals("displayName", given.name)));
  const found = await client.search(
    { ...(given.dn === undefined ? { scope: "sub" } : { base: given.dn, scope: "base" }), filter: and(...conditions), attributes: userAttributes, limit: 10 },
    signal,
  );
  const [user, ...others] = found;
  if (user === undefined) throw new ActionError("not-found", `The directory has no user with ${spoken(given)}.`, { details: given });
  if (others.length > 0) throw new ActionError("ambiguous", `More than one user fits ${spoken(given)}.`, { details: { candidates: found.map((entry) => entry.dn) } });
  return user;
}

const spoken = (given: { readonly [key: string]: string }) =>
  Object.entries(given)
    .map(([key, value]) => `${key} ${value}`)
    .join(" and ");
