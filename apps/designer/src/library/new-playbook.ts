import { currentSchemaVersion, type Playbook } from "@drawbridge/playbook";

/** A readable slug of a name: "Code42 exfiltration" to "code42-exfiltration". */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, "");
  return slug === "" ? "playbook" : slug;
}

/** A document without steps. */
export function emptyPlaybook(id: string, name: string, description: string) {
  return { schemaVersion: currentSchemaVersion, id, name, ...(description !== "" && { description }), start: [], steps: {} };
}

/** A template or another playbook under an id and a name of its own; without its triggers, so that no alert starts both. */
export function playbookFrom({ triggers: _triggers, ...template }: Playbook, id: string, name: string, description: string): Playbook {
  return { ...template, id, name, ...(description !== "" && { description }) };
}
