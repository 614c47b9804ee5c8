import type { Json, Playbook } from "@drawbridge/playbook";
import type { Scenario } from "./scenario.ts";

type Kind = "secret" | "email" | "name" | "account" | "address" | "phone";

/** A value that stands for a person or a secret, and what takes its place everywhere. */
export interface Masked {
  readonly kind: Kind;
  readonly from: string;
  readonly to: string;
  readonly times: number;
}

type Named = { readonly [key: string]: Json };
const isNamed = (value: Json | undefined): value is Named => typeof value === "object" && value !== null && !Array.isArray(value);

const kindsOfKeys: readonly (readonly [Kind, RegExp])[] = [
  ["secret", /passw|secret|token|api_?key|private_?key|credential|authorization|cookie/i],
  ["phone", /^(phone|mobile|telephone\w*|fax)$/i],
  ["name", /^(display_?name|full_?name|first_?name|last_?name|given_?name|surname|family_?name|sn|cn|employee_?name|manager_?name|person|subject|reporter|assignee)$/i],
  ["account", /^(user|user_?name|login|sam_?account_?name|account|account_?name|employee_?(id|number)|user_?id|host|host_?name|computer\w*|device_?name|endpoint_?name)$/i],
];
const emails = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g;
const addresses = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const shortest = 3;

/** The scenario with secrets and personal data replaced, the same value by the same everywhere. What the playbook itself names, and what `keep` lists, stays, so that conditions go the same way; secrets never stay. */
export function maskedScenario(scenario: Scenario, playbook: Playbook, keep: readonly string[] = []): { readonly scenario: Scenario; readonly masked: readonly Masked[] } {
  const named = JSON.stringify(playbook).toLowerCase();
  const found = new Map<string, Kind>();
  const note = (kind: Kind, value: string): void => {
    const known = found.get(value);
    if (known === undefined || kind === "secret") found.set(value, kind);
  };
  const given = {
    input: scenario.input ?? {},
    case: scenario.case ?? null,
    results: scenario.results ?? {},
    answers: scenario.answers ?? {},
    signals: scenario.signals ?? [],
  } as unknown as Json;
  walk(given, "", (key, value) => {
    for (const [email] of value.matchAll(emails)) note("email", email);
    for (const [address] of value.matchAll(addresses)) note("address", address);
    const kind = kindsOfKeys.find(([, names]) => names.test(key))?.[0];
    if (kind !== undefined && value.length >= shortest && !found.has(value) && (kind === "secret" || !value.includes("://"))) note(kind, value);
  });
  const stays = (value: string, kind: Kind): boolean => kind !== "secret" && (keep.includes(value) || named.includes(`"${value.toLowerCase()}"`));
  const domains = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const replaced = new Map<string, { readonly kind: Kind; readonly to: string; times: number }>();
  for (const [value, kind] of [...found].sort(([one], [other]) => other.length - one.length || (one < other ? -1 : 1))) {
    if (stays(value, kind)) continue;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    replaced.set(value, { kind, to: stands[kind](count, value, domains, named), times: 0 });
  }
  const clean = replacer(replaced);
  const masked = deep(given, clean) as unknown as Pick<Scenario, "input" | "case" | "results" | "answers" | "signals">;
  const parts = Object.fromEntries(Object.entries(masked).filter(([key]) => Object.hasOwn(scenario, key)));
  return {
    scenario: { ...scenario, name: clean(scenario.name), ...parts } as Scenario,
    masked: [...replaced].flatMap(([from, { kind, to, times }]) => (times > 0 ? [{ kind, from, to, times }] : [])),
  };
}

const stands: { readonly [Of in Kind]: (count: number, value: string, domains: Map<string, string>, named: string) => string } = {
  secret: (count) => `masked-secret-${count}`,
  name: (count) => `Person ${count}`,
  account: (count) => `account-${count}`,
  phone: (count) => `+1-555-${String(count).padStart(4, "0")}`,
  address: (count) => `192.0.${2 + Math.floor(count / 250)}.${(count % 250) + 1}`,
  email: (count, value, domains, named) => `person-${count}@${domainFor(value.slice(value.indexOf("@") + 1).toLowerCase(), domains, named)}`,
};

/** A domain that the playbook names stays, others are the same for the same. */
function domainFor(domain: string, domains: Map<string, string>, named: string): string {
  if (named.includes(domain)) return domain;
  const known = domains.get(domain) ?? `company-${domains.size + 1}.example`;
  domains.set(domain, known);
  return known;
}

/** Replaces every occurrence, the longest first, whatever its case; what takes a place is not looked at again. */
function replacer(replaced: ReadonlyMap<string, { readonly to: string; times: number }>): (text: string) => string {
  if (replaced.size === 0) return (text) => text;
  const byLower = new Map([...replaced].map(([from, entry]) => [from.toLowerCase(), entry]));
  const any = new RegExp([...replaced.keys()].map((from) => from.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "gi");
  return (text) =>
    text.replace(any, (from, at: number) => {
      const entry = byLower.get(from.toLowerCase());
      const within = /[A-Za-z0-9]/;
      // A short value within a word is another word.
      if (!entry || (from.length < 5 && (within.test(text[at - 1] ?? "") || within.test(text[at + from.length] ?? "")))) return from;
      entry.times += 1;
      return entry.to;
    });
}

function walk(value: Json, key: string, see: (key: string, value: string) => void): void {
  if (typeof value === "string") see(key, value);
  else if (Array.isArray(value)) for (const each of value as readonly Json[]) walk(each, key, see);
  else if (isNamed(value)) for (const [inner, each] of Object.entries(value)) walk(each, inner, see);
}

function deep(value: Json, clean: (text: string) => string): Json {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => deep(each, clean));
  return isNamed(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, deep(each, clean)])) : value;
}
