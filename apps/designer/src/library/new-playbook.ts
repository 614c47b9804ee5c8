import { currentSchemaVersion } from "@drawbridge/playbook";

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
