import type { DirectoryChange, DirectoryEntry } from "../directory-client.ts";
import { dnKey, parentKey } from "../dn.ts";
import type { Filter } from "../filter.ts";
import { resultCodes } from "../result-error.ts";
import type { FilledDirectorySeed } from "./directory-seed.ts";
import { type Entry, isDnAttribute, textKey } from "./entry.ts";
import { matchesFilter } from "./matches-filter.ts";
import { seedEntries } from "./seed-entries.ts";

/** An LDAP result that is not success. */
export interface DirectoryRefusal {
  readonly result: number;
  readonly diagnostic: string;
}

export type DirectoryAnswer<Value> = ({ readonly ok: true } & Value) | ({ readonly ok: false } & DirectoryRefusal);

const refuse = (result: number, diagnostic: string) => ({ ok: false, result, diagnostic }) as const;

/** A directory in memory: entries, sign-in, search and modify, as Active Directory answers them. */
export class Directory {
  readonly baseDn: string;
  /** The account for the connection; made up when the seed names none. */
  readonly bindAccount: { readonly dn: string; readonly password: string };
  readonly #entries: Map<string, Entry>;
  readonly #passwords: Map<string, string>;
  #memberOf: Map<string, string[]> | null = null;

  constructor(seed: FilledDirectorySeed) {
    const { entries, passwords, baseDn, bindAccount } = seedEntries(seed);
    this.baseDn = baseDn;
    this.bindAccount = bindAccount;
    this.#entries = entries;
    this.#passwords = passwords;
  }

  /** Checks a name (DN or sign-in name) and a password. */
  bind(name: string, password: string): DirectoryAnswer<{ readonly dn: string }> {
    const key = name.includes("=") ? dnKey(name) : this.#keyOfSignInName(name);
    const entry = key === null ? undefined : this.#entries.get(key);
    const known = entry === undefined ? undefined : this.#passwords.get(entry.key);
    const refused = (data: string) => refuse(resultCodes.invalidCredentials, `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v4563\0`);
    if (entry === undefined || known === undefined) return refused("52e");
    if (known !== password) return refused("52e");
    if ((Number(this.valuesOf(entry, "userAccountControl")[0] ?? "512") & 2) !== 0) return refused("533");
    return { ok: true, dn: entry.dn };
  }

  /** All entries under a base that fit, in the order they were made. */
  search(base: string, scope: "base" | "one" | "sub", filter: Filter, attributes: readonly string[]): DirectoryAnswer<{ readonly entries: readonly DirectoryEntry[] }> {
    const key = dnKey(base);
    if (key === null) return refuse(resultCodes.invalidDnSyntax, "0000208F: NameErr: DSID-031001BA, problem 2006 (BAD_NAME), data 8350, best match of:\n\t''\0");
    if (!this.#entries.has(key))
      return refuse(resultCodes.noSuchObject, `0000208D: NameErr: DSID-03100245, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'${this.#nearest(key)}'\n\0`);
    const entries: DirectoryEntry[] = [];
    for (const entry of this.#entries.values()) {
      const inScope = scope === "base" ? entry.key === key : scope === "one" ? parentKey(entry.key) === key : entry.key === key || entry.key.endsWith(`,${key}`);
      if (inScope && this.#fits(entry, filter)) entries.push(this.#select(entry, attributes));
    }
    return { ok: true, entries };
  }

  /** Changes one entry, all changes or none. */
  modify(dn: string, changes: readonly DirectoryChange[]): DirectoryAnswer<object> {
    const entry = this.#entries.get(dnKey(dn) ?? "");
    if (entry === undefined) return refuse(resultCodes.noSuchObject, "0000208D: NameErr: DSID-03100245, problem 2001 (NO_OBJECT), data 0\0");
    const changed = new Map(entry.attributes);
    for (const { operation, attribute, values } of changes) {
      const key = attribute.toLowerCase();
      if (["distinguishedname", "memberof", "objectclass", "cn"].includes(key))
        return refuse(resultCodes.unwillingToPerform, `0000209A: SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), ${attribute}\0`);
      const now = changed.get(key)?.values ?? [];
      const holds = (value: string) => now.some((other) => sameValue(attribute, other, value));
      if (operation === "add" && values.some(holds)) return refuse(resultCodes.attributeOrValueExists, "00002083: AtrErr: DSID-031519F6, problem 1006 (ATT_OR_VALUE_EXISTS)\0");
      if (operation === "delete" && (values.length === 0 ? now.length === 0 : !values.every(holds)))
        return refuse(resultCodes.noSuchAttribute, "00002085: AtrErr: DSID-03153359, problem 1001 (NO_ATTRIBUTE_OR_VAL)\0");
      const next =
        operation === "replace"
          ? values
          : operation === "add"
            ? [...now, ...values]
            : values.length === 0
              ? []
              : now.filter((other) => !values.some((value) => sameValue(attribute, other, value)));
      if (key === "useraccountcontrol" && (next.length !== 1 || !/^\d{1,10}$/.test(next[0] ?? "")))
        return refuse(resultCodes.constraintViolation, "0000200B: AtrErr: DSID-03152C1D, problem 1005 (CONSTRAINT_ATT_TYPE)\0");
      if (next.length === 0) changed.delete(key);
      else changed.set(key, { name: changed.get(key)?.name ?? attribute, values: next });
    }
    entry.attributes.clear();
    for (const [key, value] of changed) entry.attributes.set(key, value);
    this.#memberOf = null;
    return { ok: true };
  }

  /** Whether an attribute of an entry has a value. */
  compare(dn: string, attribute: string, value: string): DirectoryAnswer<{ readonly equal: boolean }> {
    const entry = this.#entries.get(dnKey(dn) ?? "");
    if (entry === undefined) return refuse(resultCodes.noSuchObject, "0000208D: NameErr: DSID-03100245, problem 2001 (NO_OBJECT), data 0\0");
    return { ok: true, equal: this.valuesOf(entry, attribute).some((other) => sameValue(attribute, other, value)) };
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  valuesOf(entry: Entry, attribute: string): readonly string[] {
    const key = attribute.toLowerCase();
    return key === "memberof" ? (this.#groupsByMember().get(entry.key) ?? []) : (entry.attributes.get(key)?.values ?? []);
  }

  #fits(entry: Entry, filter: Filter): boolean {
    return (
      matchesFilter(filter, { dn: entry.dn, values: (attribute) => this.valuesOf(entry, attribute), reaches: (attribute, dn) => this.#reaches(entry, attribute, dnKey(dn)) }) ===
      true
    );
  }

  #reaches(from: Entry, attribute: string, wanted: string | null): boolean {
    const seen = new Set<string>();
    const open = [from];
    for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
      for (const value of this.valuesOf(entry, attribute)) {
        const key = dnKey(value);
        if (key === null || seen.has(key)) continue;
        if (key === wanted) return true;
        seen.add(key);
        const next = this.#entries.get(key);
        if (next !== undefined) open.push(next);
      }
    }
    return false;
  }

  #select(entry: Entry, attributes: readonly string[]): DirectoryEntry {
    if (attributes.includes("1.1")) return { dn: entry.dn, attributes: {} };
    const all = attributes.length === 0 || attributes.includes("*");
    const names = new Map<string, string>();
    if (all) for (const { name } of entry.attributes.values()) names.set(name.toLowerCase(), name);
    if (all) names.set("memberof", "memberOf");
    for (const name of attributes) if (name !== "*" && name !== "+") names.set(name.toLowerCase(), name);
    return {
      dn: entry.dn,
      attributes: Object.fromEntries([...names.values()].map((name) => [name, this.valuesOf(entry, name)] as const).filter(([, values]) => values.length > 0)),
    };
  }

  #groupsByMember(): Map<string, string[]> {
    if (this.#memberOf !== null) return this.#memberOf;
    const groups = new Map<string, string[]>();
    for (const group of this.#entries.values()) {
      for (const member of group.attributes.get("member")?.values ?? []) {
        const key = dnKey(member);
        if (key === null) continue;
        const known = groups.get(key);
        if (known === undefined) groups.set(key, [group.dn]);
        else known.push(group.dn);
      }
    }
    this.#memberOf = groups;
    return groups;
  }

  #keyOfSignInName(name: string): string | null {
    const wanted = textKey(name);
    for (const entry of this.#entries.values()) if (this.valuesOf(entry, "userPrincipalName").some((value) => textKey(value) === wanted)) return entry.key;
    return null;
  }

  #nearest(key: string): string {
    for (let above = parentKey(key); above !== null; above = parentKey(above)) {
      const entry = this.#entries.get(above);
      if (entry !== undefined) return entry.dn;
    }
    return "";
  }
}

function sameValue(attribute: string, one: string, other: string): boolean {
  return isDnAttribute(attribute) ? dnKey(one) === dnKey(other) : textKey(one) === textKey(other);
}
