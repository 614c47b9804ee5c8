import * as z from "zod";
import type { DirectoryEntry } from "./directory-client.ts";
import { commonName } from "./dn.ts";

const accountDisabled = 2;

/** The attributes that a user record is made of. */
export const userAttributes = [
  "cn",
  "displayName",
  "mail",
  "sAMAccountName",
  "userPrincipalName",
  "title",
  "department",
  "company",
  "telephoneNumber",
  "physicalDeliveryOfficeName",
  "employeeID",
  "manager",
  "memberOf",
  "userAccountControl",
] as const;

const optional = (description: string) => z.string().nullable().meta({ description });

/** A person's account, in the words that playbooks use; what the directory does not hold is null. */
export const userRecord = z.object({
  dn: z.string().meta({ description: "Distinguished name." }),
  displayName: z.string().meta({ description: "The name to show." }),
  username: z.string().meta({ description: "Account name (sAMAccountName)." }),
  email: optional("E-mail address; null for an account without a mailbox."),
  userPrincipalName: optional("Sign-in name, often like an e-mail address."),
  title: optional("Job title."),
  department: optional("Department."),
  company: optional("Company."),
  phone: optional("Telephone number."),
  office: optional("Office."),
  employeeId: optional("Employee number."),
  manager: optional("The manager's distinguished name."),
  groups: z.array(z.string()).meta({ description: "Names of the groups the account is a direct member of." }),
  memberOf: z.array(z.string()).meta({ description: "Distinguished names of those groups." }),
  enabled: z.boolean().meta({ description: "Whether the account may sign in." }),
});

export type UserRecord = z.output<typeof userRecord>;

/** All values of an attribute, whatever the spelling of its name. */
export function valuesOf(entry: DirectoryEntry, attribute: string): readonly string[] {
  const exact = entry.attributes[attribute];
  if (exact !== undefined) return exact;
  const wanted = attribute.toLowerCase();
  const name = Object.keys(entry.attributes).find((candidate) => candidate.toLowerCase() === wanted);
  return name === undefined ? [] : (entry.attributes[name] ?? []);
}

/** The user record that an entry describes. */
export function userFromEntry(entry: DirectoryEntry): UserRecord {
  const first = (attribute: string) => valuesOf(entry, attribute)[0] ?? null;
  const memberOf = [...valuesOf(entry, "memberOf")];
  return {
    dn: entry.dn,
    displayName: first("displayName") ?? first("cn") ?? commonName(entry.dn),
    username: first("sAMAccountName") ?? first("userPrincipalName") ?? "",
    email: first("mail"),
    userPrincipalName: first("userPrincipalName"),
    title: first("title"),
    department: first("department"),
    company: first("company"),
    phone: first("telephoneNumber"),
    office: first("physicalDeliveryOfficeName"),
    employeeId: first("employeeID"),
    manager: first("manager"),
    groups: memberOf.map(commonName),
    memberOf,
    enabled: (accountControl(entry) & accountDisabled) === 0,
  };
}

/** The account's `userAccountControl` bits; 512, a normal account, when the directory does not say. */
export function accountControl(entry: DirectoryEntry): number {
  const value = Number(valuesOf(entry, "userAccountControl")[0] ?? "512");
  return Number.isInteger(value) ? value : 512;
}

/** The bits with the account enabled or disabled. */
export function withEnabled(control: number, enabled: boolean): number {
  return enabled ? control & ~accountDisabled : control | accountDisabled;
}
