import { dnKey, escapeDnValue, parseDn } from "../dn.ts";
import type { FilledDirectorySeed } from "./directory-seed.ts";
import type { Entry } from "./entry.ts";

interface SeededDirectory {
  readonly entries: Map<string, Entry>;
  readonly passwords: Map<string, string>;
  readonly baseDn: string;
  readonly bindAccount: { readonly dn: string; readonly password: string };
}

/** The entries that a seed describes: containers, groups with their members, people, and the account that binds. */
export function seedEntries(seed: FilledDirectorySeed): SeededDirectory {
  const entries = new Map<string, Entry>();
  const passwords = new Map<string, string>();
  const { baseDn } = seed;
  const category = (name: string) => `CN=${name},CN=Schema,CN=Configuration,${baseDn}`;

  const add = (dn: string, attributes: { readonly [name: string]: string | readonly string[] | null | undefined }): void => {
    const key = dnKey(dn);
    if (key === null) throw new Error(`The seed holds a wrong distinguished name: ${dn}`);
    if (entries.has(key)) return;
    const held = Object.entries({ ...attributes, distinguishedName: dn })
      .map(([name, value]) => ({ name, values: typeof value === "string" ? [value] : (value ?? []) }))
      .filter(({ values }) => values.length > 0);
    entries.set(key, { dn, key, attributes: new Map(held.map((attribute) => [attribute.name.toLowerCase(), attribute])) });
  };
  const container = (name: string): string => {
    const dn = `OU=${escapeDnValue(name)},${baseDn}`;
    add(dn, { objectClass: ["top", "organizationalUnit"], ou: name, name, objectCategory: category("Organizational-Unit") });
    return dn;
  };
  const dnOf = (user: { readonly name: string; readonly ou: string }) => `CN=${escapeDnValue(user.name)},${container(user.ou)}`;

  add(baseDn, { objectClass: ["top", "domain", "domainDNS"], dc: parseDn(baseDn)?.[0]?.value, objectCategory: category("Domain-DNS") });

  const byUsername = new Map(seed.users.map((user) => [user.username.toLowerCase(), dnOf(user)]));
  const groups = new Map(seed.groups.map((group) => [group.name, { ...group, members: [] as string[] }]));
  const group = (name: string) => {
    const known = groups.get(name) ?? { name, ou: "Groups", groups: [], members: [] };
    groups.set(name, known);
    return known;
  };
  for (const user of seed.users) for (const name of user.groups) group(name).members.push(dnOf(user));
  for (const { groups: above, ...inner } of [...groups.values()]) for (const name of above) group(name).members.push(dnOf(inner));
  for (const { name, members, ...rest } of groups.values()) {
    const description = "description" in rest ? rest.description : undefined;
    add(dnOf({ name, ou: rest.ou }), { objectClass: ["top", "group"], objectCategory: category("Group"), cn: name, name, sAMAccountName: name, description, member: members });
  }

  for (const user of seed.users) {
    const dn = dnOf(user);
    const [givenName, ...surnames] = user.name.split(" ");
    const manager = user.manager === undefined ? undefined : (byUsername.get(user.manager.toLowerCase()) ?? `CN=${escapeDnValue(user.manager)},${container(user.ou)}`);
    add(dn, {
      objectClass: ["top", "person", "organizationalPerson", "user"],
      objectCategory: category("Person"),
      cn: user.name,
      name: user.name,
      displayName: user.name,
      givenName,
      sn: surnames.join(" ") || givenName,
      sAMAccountName: user.username,
      userPrincipalName: `${user.username}@${domainOf(baseDn)}`,
      mail: user.email,
      title: user.title,
      department: user.department,
      manager,
      userAccountControl: user.enabled ? "512" : "514",
      ...user.attributes,
    });
    if (user.password !== undefined) passwords.set(dnKey(dn) ?? dn, user.password);
  }

  const bindAccount = seed.bind ?? { dn: `CN=Drawbridge,OU=Service Accounts,${baseDn}`, password: "directory-reader" };
  container("Service Accounts");
  add(bindAccount.dn, {
    objectClass: ["top", "person", "organizationalPerson", "user"],
    objectCategory: category("Person"),
    cn: parseDn(bindAccount.dn)?.[0]?.value,
    sAMAccountName: "svc-drawbridge",
    userPrincipalName: `svc-drawbridge@${domainOf(baseDn)}`,
    userAccountControl: "512",
  });
  passwords.set(dnKey(bindAccount.dn) ?? "", bindAccount.password);
  return { entries, passwords, baseDn, bindAccount };
}

const domainOf = (baseDn: string) => (parseDn(baseDn) ?? []).map((name) => name.value).join(".");
