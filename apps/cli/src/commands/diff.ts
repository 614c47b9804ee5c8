import { diffPlaybooks } from "@drawbridge/playbook";
import type { Command } from "../command.ts";
import { readOptions } from "../options.ts";
import { readPlaybookFiles } from "../playbook-files.ts";
import { UsageError } from "../usage-error.ts";

/** What differs in meaning between two playbooks: exit 1 when anything but layout does. */
export const diff: Command = {
  usage: "diff <before> <after> [--json]",
  summary: "what changed in meaning between two playbooks",
  run: async (words) => {
    const { values, positionals } = readOptions(words, {}, { least: 2, most: 2 });
    const [before, after] = await readPlaybookFiles(positionals);
    if (!before?.result.ok || !after?.result.ok) throw new UsageError("Both must be playbooks that can be read; try `validate`.");
    const changes = diffPlaybooks(before.result.playbook, after.result.playbook);
    console.log(values.json ? JSON.stringify(changes) : JSON.stringify(changes, null, 2));
    return changes.added.length + changes.removed.length + changes.changed.length === 0 ? 0 : 1;
  },
};
