import type { PersonRef } from "./case-record.ts";

/** How an owner is found. `among` narrows the choice to these e-mails; `owners` names one by alert type beforehand. */
export interface OwnerRule {
  readonly rule: "by-alert-type" | "least-busy" | "on-call";
  readonly among: readonly string[] | null;
  readonly owners: { readonly [alertType: string]: string };
}

/** Someone who can own cases. */
export interface Candidate extends PersonRef {
  /** Alert types that are this person's. */
  readonly alertTypes: readonly string[];
  readonly onCall: boolean;
  readonly openCases: number;
}

/** The owner by rule and why; null when nobody can be. Ties go to who has the fewest open cases, then by e-mail. */
export function chooseOwner(rule: OwnerRule, alertType: string, candidates: readonly Candidate[]): { readonly owner: PersonRef; readonly reason: string } | null {
  const allowed = rule.among === null ? null : new Set(rule.among.map(key));
  const people = candidates.filter(({ email }) => allowed === null || allowed.has(key(email)));
  const least = (group: readonly Candidate[]) => [...group].sort((one, other) => one.openCases - other.openCases || (one.email < other.email ? -1 : 1))[0];
  const chosen = (person: Candidate | undefined, reason: string) => (person === undefined ? null : { owner: { email: person.email, name: person.name }, reason });

  if (rule.rule === "by-alert-type") {
    const named = Object.entries(rule.owners).find(([type]) => key(type) === key(alertType))?.[1];
    const own =
      named === undefined ? people.filter(({ alertTypes }) => alertTypes.some((type) => key(type) === key(alertType))) : people.filter(({ email }) => key(email) === key(named));
    const found = chosen(least(own), `owns alerts of the type ${alertType}`);
    if (found !== null) return found;
  }
  if (rule.rule !== "least-busy") {
    const found = chosen(least(people.filter(({ onCall }) => onCall)), "is on call");
    if (found !== null) return found;
  }
  return chosen(least(people), "has the fewest open cases");
}

const key = (text: string): string => text.trim().toLowerCase();
