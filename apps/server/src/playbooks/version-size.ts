import { diffPlaybooks, type Playbook } from "@drawbridge/playbook";
import type { VersionSize } from "@drawbridge/protocol";

/** How many steps a version added, removed, changed and only moved; what is changed of the playbook itself counts as one. */
export function versionSize(before: Playbook, after: Playbook): VersionSize {
  const { added, removed, changed, moved } = diffPlaybooks(before, after);
  return { added: added.length, removed: removed.length, changed: changed.length, moved: moved.length };
}
