import type { Json } from "../json.ts";
import { currentSchemaVersion } from "../playbook.ts";

/** Makes a document of one schemaVersion a document of the next. */
export type Migration = (document: { readonly [key: string]: Json }) => { readonly [key: string]: Json };

/** The migration from each earlier schemaVersion, one file each. Version 1 is the first. */
export const migrations: ReadonlyMap<number, Migration> = new Map();

/** The document in the wanted schemaVersion; null when no chain of migrations leads there. */
export function migrate(document: { readonly [key: string]: Json }, steps = migrations, wanted: number = currentSchemaVersion): { readonly [key: string]: Json } | null {
  let migrated = document;
  let version = document["schemaVersion"];
  while (version !== wanted) {
    const step = typeof version === "number" && version < wanted ? steps.get(version) : undefined;
    if (!step || typeof version !== "number") return null;
    version += 1;
    migrated = { ...step(migrated), schemaVersion: version };
  }
  return migrated;
}
